"""Who is asking: capabilities, sessions, origins, networks, floods. Pure but for the store behind a staff session."""
