-- Version 2 as it was released. One statement a paragraph.

create trigger ledger_no_update before update on ledger
begin
    select raise(abort, 'the ledger is append-only: a record can not be changed');
end;

create trigger ledger_no_delete before delete on ledger
begin
    select raise(abort, 'the ledger is append-only: a record can not be removed');
end;

create trigger identity_no_delete before delete on identity
begin
    select raise(abort, 'an identity is erased, not removed: the ledger refers to it');
end;

create trigger identity_commitment_stays before update of ref, kind, commitment, introduced_seq on identity
begin
    select raise(abort, 'an identity keeps its reference and commitment: the ledger holds them');
end;
