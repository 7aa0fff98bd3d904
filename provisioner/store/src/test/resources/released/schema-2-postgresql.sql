-- Version 2 as it was released. One statement a paragraph.

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%', tg_argv[0];
end
$$;

create trigger ledger_no_update before update on ledger
    for each row execute function refuse_change('the ledger is append-only: a record can not be changed');

create trigger ledger_no_delete before delete on ledger
    for each row execute function refuse_change('the ledger is append-only: a record can not be removed');

create trigger ledger_no_truncate before truncate on ledger
    for each statement execute function refuse_change('the ledger is append-only: it can not be emptied');

create trigger identity_no_delete before delete on identity
    for each row execute function refuse_change('an identity is erased, not removed: the ledger refers to it');

create trigger identity_commitment_stays before update of ref, kind, commitment, introduced_seq on identity
    for each row execute function refuse_change('an identity keeps its reference and commitment: the ledger holds them');
