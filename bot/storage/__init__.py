"""SQLite: connections, migrations, and one module for each family of tables. All SQL lives here."""
