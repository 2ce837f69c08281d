"""One typed namespace per role. `door` is the only module of the project that knows python-socketio."""
