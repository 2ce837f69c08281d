"""One typed namespace per role. `door`, with what it stands on, is all of the project that knows python-socketio."""
