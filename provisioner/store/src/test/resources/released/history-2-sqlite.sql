insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
values (2, '2', 'append only', 'SQL', 'V2__append_only.sql', 722235452, 'root', 1, true);
