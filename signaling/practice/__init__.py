"""Practice for clerks before a court opens: a script of situations, each judged by what the court's log says."""
