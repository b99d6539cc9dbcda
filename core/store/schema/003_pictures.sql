-- Profile pictures, ours and contacts', apart from what is written often. They are large, so this one has row ids.
CREATE TABLE pictures (
    tag BLOB PRIMARY KEY,         -- whose; nobody's: our own
    sealed BLOB NOT NULL
);
