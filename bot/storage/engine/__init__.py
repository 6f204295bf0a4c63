"""The SQLite file itself: connections, migrations, copies, the lock, how values are stored."""
