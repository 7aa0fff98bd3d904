-- What persons decided about differences between the record and the clouds; the newest about a finding counts.
create table drift_decision (
    number integer primary key,
    finding text not null,
    kind text not null,
    resource text not null,
    principal integer references identity (id),
    choice text not null check (choice in ('restore', 'remove', 'adopt', 'ignore')),
    found integer not null references identity (id),
    fingerprint text not null,
    until_at bigint,
    actor integer not null references identity (id),
    reason integer not null references identity (id),
    made_at bigint not null
);
create index drift_decision_by_finding on drift_decision (finding, number);
