-- An alert that was given up is told of at the member's next command: when that was, UTC; NULL until then.
ALTER TABLE alerts ADD COLUMN told TEXT;
