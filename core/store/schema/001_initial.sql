-- Keys are keyed hashes, values are sealed: without the profile's key the file tells how many rows there are, their
-- sizes, and which messages still wait (open = 1), and nothing else.
CREATE TABLE profile (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL);
CREATE TABLE contacts (tag BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (
    tag BLOB NOT NULL,            -- the contact
    position INTEGER NOT NULL,
    name BLOB NOT NULL UNIQUE,    -- origin and id
    open INTEGER NOT NULL,        -- ours: not delivered; theirs: not read
    sealed BLOB NOT NULL,
    PRIMARY KEY (tag, position)
) WITHOUT ROWID;
CREATE INDEX messages_open ON messages (tag, position) WHERE open = 1;
