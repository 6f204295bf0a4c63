-- Days that a digest had, or may have had: of editions that are kept no longer, and of runs that a restored backup does
-- not know of. What it had is never shown again.
CREATE TABLE had (
    digest_id INTEGER NOT NULL REFERENCES digests ON DELETE CASCADE,
    day       TEXT NOT NULL,
    papers    TEXT NOT NULL,                 -- JSON: [arXiv id, ...]
    PRIMARY KEY (digest_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX editions_by_due ON editions (due);
CREATE INDEX alerts_by_day ON alerts (day);

-- For who watches: how many deliveries stand where, and when editions came.
CREATE INDEX deliveries_by_state ON deliveries (state, fault);
CREATE INDEX editions_sent ON deliveries (sent_at) WHERE edition_id IS NOT NULL AND position = 0;
