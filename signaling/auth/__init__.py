"""Who may do what: capabilities of visitors, sessions of staff."""
