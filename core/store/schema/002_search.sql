-- Messages get numbers, in the order in which they came, by which search names them; a number is never given twice.
CREATE TABLE numbered (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    tag BLOB NOT NULL,            -- the contact
    position INTEGER NOT NULL,
    name BLOB NOT NULL,           -- origin and id
    open INTEGER NOT NULL,        -- ours: not delivered; theirs: not read
    sealed BLOB NOT NULL
);
-- Here the store copies the messages that there are, by when they were sent (Store::numberMessages).
DROP TABLE messages;
ALTER TABLE numbered RENAME TO messages;
CREATE UNIQUE INDEX messages_position ON messages (tag, position);
CREATE UNIQUE INDEX messages_name ON messages (name);
CREATE INDEX messages_open ON messages (tag, position) WHERE open = 1;

-- The index of search (search_index.h): each block of 2048 numbers has a key of its own.
CREATE TABLE search_blocks (block INTEGER PRIMARY KEY, stale INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE search_tokens (
    block INTEGER NOT NULL,
    token INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (block, token)
) WITHOUT ROWID;
