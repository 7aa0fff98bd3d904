-- What was signed of the ledger, and how far each place has it. Signatures are about the chain, so they stand beside it.
create table checkpoint (
    seq bigint not null,
    at bigint not null,
    hash text not null,
    signed_by text not null,
    signature text not null,
    primary key (seq, at)
);

-- The last name that was put to each place: where to look from, no truth about what is there.
create table publication (
    place text primary key,
    name text not null
);
