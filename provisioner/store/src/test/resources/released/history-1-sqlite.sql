-- What Flyway had written down, with the checksums of the migrations as they were released. One statement a paragraph.

create table flyway_schema_history (
    installed_rank int not null primary key,
    version varchar(50),
    description varchar(200) not null,
    type varchar(20) not null,
    script varchar(1000) not null,
    checksum int,
    installed_by varchar(100) not null,
    installed_on text not null default (strftime('%Y-%m-%d %H:%M:%f','now')),
    execution_time int not null,
    success boolean not null
);

insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
values (1, '1', 'record', 'SQL', 'V1__record.sql', 1321470771, 'root', 59, true);
