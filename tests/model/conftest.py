import pytest

# what differs is shown wherever it is asserted
pytest.register_assert_rewrite("tests.model.both", "tests.model.invariants")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stories", type=int, default=0, help="how many random stories the model and the scripts hear")
    parser.addoption("--shrink", action="store_true", help="tell the shortest story in which they differ")
