-- Messages get numbers, in the order in which they came (of those that are there already: were sent), by which search
-- names them; a number is never given twice. sent_at() is the store's: it opens a message, and gives NULL for one that
-- is damaged.
CREATE TEMP TABLE in_time (number INTEGER PRIMARY KEY, tag BLOB NOT NULL, position INTEGER NOT NULL);
INSERT INTO in_time (tag, position) SELECT tag, position FROM messages ORDER BY sent_at(name, sealed), position;
CREATE TABLE numbered (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    tag BLOB NOT NULL,            -- the contact
    position INTEGER NOT NULL,
    name BLOB NOT NULL,           -- origin and id
    open INTEGER NOT NULL,        -- ours: not delivered; theirs: not read
    sealed BLOB NOT NULL
);
INSERT INTO numbered (number, tag, position, name, open, sealed)
    SELECT t.number, m.tag, m.position, m.name, m.open, m.sealed
    FROM in_time t JOIN messages m ON m.tag = t.tag AND m.position = t.position ORDER BY t.number;
DROP TABLE in_time;
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
