"""The demo's court: twelve pilot units of Mato Grosso, three people, a little invented past."""
