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

-- Nothing moves for a while: everywhere, at a provider, for a dataset.
create table pause (
    id text primary key,
    provider text,
    dataset text,
    actor integer not null references identity (id),
    reason integer not null references identity (id),
    made_at bigint not null,
    ended_at bigint,
    ended_by integer references identity (id),
    end_reason integer references identity (id)
);

-- The release of a case that one person wants and another one has to confirm; members is a digest of who is meant.
create table release_proposal (
    case_id text primary key references guard_case (id),
    proposer text not null,
    actor integer not null references identity (id),
    members text not null,
    made_at bigint not null
);
