import pytest

# what differs is shown wherever it is asserted
pytest.register_assert_rewrite("tests.model.both", "tests.model.invariants")
