-- kind: all | peer_group | cluster | province (after the merger of 2025).
CREATE TABLE IF NOT EXISTS groups (code VARCHAR, name VARCHAR, english VARCHAR, kind VARCHAR, kind_order INTEGER);
