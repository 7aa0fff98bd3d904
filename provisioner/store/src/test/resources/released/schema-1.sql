-- Version 1 of the schema as it was released: a copy, so that a migration that is edited afterwards is found. One statement a paragraph.

create table ledger_head (
    id integer primary key check (id = 1),
    seq bigint not null,
    hash text not null
);

insert into ledger_head (id, seq, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

create table ledger (
    seq bigint primary key,
    at bigint not null,
    type text not null,
    actor text not null,
    run text,
    payload text not null,
    prev text not null,
    hash text not null
);

create index ledger_by_run on ledger (run) where run is not null;

create index ledger_by_at on ledger (at);

create index ledger_by_type on ledger (type);

create table identity (
    id integer primary key,
    kind text not null check (kind in ('researcher', 'username', 'principal', 'actor', 'text')),
    value text,
    spelling text,
    ref text not null unique,
    salt text,
    lookup text,
    commitment text not null,
    introduced_seq bigint not null,
    erased_at bigint
);

create unique index identity_by_value on identity (lookup) where lookup is not null;

create index identity_by_introduction on identity (introduced_seq);

create table ledger_subject (
    identity integer not null references identity (id),
    seq bigint not null,
    primary key (identity, seq)
);

create table flag (
    name text primary key,
    value text not null
);

create table person (
    researcher integer primary key references identity (id),
    username integer not null references identity (id),
    seen_at bigint not null
);

create table linked (
    researcher integer not null references identity (id),
    principal integer not null references identity (id),
    from_at bigint not null,
    to_at bigint
);

create unique index linked_now on linked (researcher, principal) where to_at is null;

create index linked_by_researcher on linked (researcher);

create index linked_by_principal on linked (principal);

create table other_name (
    name integer primary key references identity (id),
    principal integer not null references identity (id),
    since_at bigint not null
);

create index other_name_by_principal on other_name (principal);

create table run (
    id text primary key,
    started_by text not null,
    actor integer not null references identity (id),
    on_behalf_of integer references identity (id),
    started_at bigint not null,
    fingerprint text,
    ended_at bigint,
    exit_code integer
);

create index run_by_start on run (started_at);

create table run_count (
    run text not null references run (id),
    topic text not null,
    name text not null,
    amount integer not null,
    primary key (run, topic, name)
);

create table run_problem (
    run text not null references run (id),
    position integer not null,
    problem integer not null references identity (id),
    primary key (run, position)
);

create table source_counts (
    seq bigint primary key,
    taken_at bigint not null,
    researchers integer not null,
    datasets integer not null,
    certificates integer not null,
    agreements integer not null,
    approvals integer not null,
    accounts integer not null
);

create table resource (
    id integer primary key,
    location text not null unique,
    provider text not null,
    layout text not null,
    awaits_adoption boolean not null,
    first_seen_at bigint not null,
    adopted_at bigint,
    observed_at bigint,
    readers integer not null
);

create table resource_option (
    resource integer not null references resource (id),
    name text not null,
    value text not null,
    primary key (resource, name)
);

create table resource_dataset (
    resource integer not null references resource (id),
    dataset text not null,
    from_at bigint not null,
    to_at bigint
);

create unique index resource_dataset_now on resource_dataset (resource, dataset) where to_at is null;

create index resource_dataset_by_dataset on resource_dataset (dataset);

create table document (
    resource integer not null references resource (id),
    name text not null,
    primary key (resource, name)
);

create table place (
    resource integer not null references resource (id),
    researcher integer not null references identity (id),
    document text not null,
    placed_at bigint not null,
    freed_at bigint,
    primary key (resource, researcher)
);

create table edge (
    id integer primary key,
    resource integer not null references resource (id),
    principal integer not null references identity (id),
    state text not null check (state in ('granting', 'granted', 'revoking', 'closed')),
    adopted boolean not null,
    since_at bigint not null,
    run text references run (id),
    intended_at bigint,
    unknown_at bigint,
    accepted_at bigint,
    first_proven_at bigint,
    proven_at bigint,
    revoke_detected_at bigint,
    revoke_run text references run (id),
    revoke_intended_at bigint,
    revoke_accepted_at bigint,
    closed_at bigint,
    closed_as text check (closed_as in ('revoked', 'refused', 'found_gone')),
    check ((state = 'closed') = (closed_at is not null)),
    check ((closed_as is null) = (closed_at is null))
);

create index edge_by_end on edge (closed_at);

create unique index edge_open on edge (resource, principal) where closed_at is null;

create index edge_by_principal on edge (principal);

create table holding (
    edge integer not null references edge (id),
    researcher integer not null references identity (id),
    dataset text not null,
    basis text not null,
    expires_at bigint,
    from_at bigint not null,
    to_at bigint
);

create index holding_by_edge on holding (edge, from_at);

create index holding_now on holding (edge) where to_at is null;

create index holding_by_end on holding (expires_at) where to_at is null;

create index holding_by_researcher on holding (researcher);

create index holding_by_dataset on holding (dataset);

create table hold (
    id text primary key,
    kind text not null
        check (kind in ('block_person', 'block_person_at_dataset', 'block_identity', 'block_dataset', 'exception')),
    researcher integer references identity (id),
    principal integer references identity (id),
    dataset text,
    until_at bigint,
    actor integer not null references identity (id),
    reason integer not null references identity (id),
    made_at bigint not null,
    label integer references identity (id),
    lifted_at bigint,
    lifted_by integer references identity (id),
    lift_reason integer references identity (id)
);

create table hold_identity (
    hold text not null references hold (id),
    principal integer not null references identity (id),
    primary key (hold, principal)
);

create table hold_waiver (
    hold text not null references hold (id),
    reason text not null,
    training text not null,
    primary key (hold, reason, training)
);

create table guard_case (
    id text primary key,
    kind text not null,
    cause text not null,
    systemic boolean not null,
    opened_at bigint not null,
    state text not null,
    deferred_until bigint
);

create table case_member (
    case_id text not null references guard_case (id),
    person integer not null references identity (id),
    dataset text not null,
    released boolean not null,
    primary key (case_id, person, dataset, released)
);

create table quarantine (
    principal integer not null references identity (id),
    resource text not null,
    reason integer not null references identity (id),
    confirmed boolean not null,
    refusals integer not null,
    since_at bigint not null,
    retry_at bigint not null,
    ended_at bigint
);

create unique index quarantine_open on quarantine (principal) where ended_at is null;

create table baseline (
    fact text primary key,
    value text not null,
    set_at bigint not null
);

create table lease (
    name text primary key,
    owner text not null,
    token bigint not null,
    expires_at bigint not null,
    abandoned_at bigint
);

create table acknowledged (
    code text not null,
    principal integer references identity (id),
    resource text,
    at bigint not null,
    fingerprint text not null,
    actor integer not null references identity (id),
    reason integer not null references identity (id),
    acknowledged_at bigint not null
);

create table challenge (
    researcher integer not null references identity (id),
    provider text not null,
    nonce text not null,
    made_at bigint not null,
    primary key (researcher, provider)
);

create table job (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamp with time zone not null,
    picked boolean not null,
    picked_by text,
    last_success timestamp with time zone,
    last_failure timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);

create index job_by_time on job (priority desc, execution_time);

create index job_by_heartbeat on job (last_heartbeat);
