"""One typed namespace per role; the only place that knows python-socketio."""
