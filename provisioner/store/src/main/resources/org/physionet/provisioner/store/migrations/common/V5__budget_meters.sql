-- How far the budgets of calls are spent, for all who work at the site. Nothing rests on it but how soon the next call goes.
create table budget_meter (
    name text primary key,
    paid_until bigint not null,
    share bigint not null,
    changed_at bigint not null
);
