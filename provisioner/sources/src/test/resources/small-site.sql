-- The columns of PhysioNet that are read and no other, without the constraints that a real one has, so that tests can
-- break every rule. Three people, five versions. Clock of the stories: 2026-11-01T12:00:00Z.
create table user_user (id integer, username varchar(50), email varchar(255), is_active boolean,
    is_credentialed boolean, credential_datetime timestamptz);
create table user_associatedemail (id integer, user_id integer, email varchar(255), is_verified boolean);
create table user_cloudinformation (id integer, user_id integer, gcp_email_id integer, aws_id varchar(60),
    aws_userid varchar(30), aws_user_arn varchar(2048), aws_verification_datetime timestamptz);
create table user_credentialapplication (id integer, user_id integer, status smallint, country varchar(2),
    decision_datetime timestamptz);
create table user_trainingtype (id integer, name varchar(128), valid_duration interval);
create table user_training (id integer, user_id integer, training_type_id integer, status smallint,
    process_datetime timestamptz);
create table project_publishedproject (id integer, slug varchar(30), version varchar(15), title varchar(200),
    access_policy smallint, deprecated_files boolean, embargo_files_days smallint, publish_datetime timestamptz,
    allow_file_downloads boolean);
create table project_publishedproject_required_trainings (id integer, publishedproject_id integer,
    trainingtype_id integer);
create table project_duasignature (id integer, user_id integer, project_id integer, sign_datetime timestamptz);
create table project_dataaccessrequest (id integer, requester_id integer, project_id integer, status smallint,
    decision_datetime timestamptz, duration interval);
create table project_dataaccess (id integer, project_id integer, platform smallint, location varchar(100));
create table project_gcp (id integer, project_id integer, bucket_name varchar(150));
create table project_aws (id integer, project_id integer, bucket_name varchar(150));

insert into user_user values
    (9, 'ada', 'ada@example.org', true, true, '2024-01-01 00:00:00.000001+00'),
    (10, 'Grace', 'grace@example.org', true, true, null),
    (100, 'edsger', 'edsger@example.org', true, false, null);
insert into user_associatedemail values
    (1, 9, 'ada@example.org', true), (2, 9, 'Ada.L@gmail.com', true), (3, 10, 'grace@gmail.com', true);
insert into user_cloudinformation values
    (1, 9, 2, '111122223333', 'AIDAADA0123456789', 'arn:aws:iam::111122223333:user/ada', '2025-01-01 00:00:00+00'),
    (2, 10, 3, null, null, null, null);
insert into user_credentialapplication values
    (1, 9, 2, 'us', '2023-01-01 00:00:00+00'), (2, 9, 2, 'CA', '2024-01-01 00:00:00+00'),
    (3, 10, 4, 'FR', '2024-01-01 00:00:00+00');
insert into user_trainingtype values
    (1, 'Data or Specimens Only', '1095 days'), (2, 'Clinical Practice', '1 year 2 mons 3 days 04:05:06.000007'),
    (3, 'Ethics', null);
insert into user_training values
    (1, 9, 1, 3, '2025-06-01 00:00:00.123456+00'), (2, 9, 3, 3, null), (3, 10, 1, 0, null);
insert into project_publishedproject values
    (2, 'vitals', '1.0', 'Vital signs', 2, false, null, '2020-01-01 00:00:00+00', true),
    (3, 'vitals', '1.1', 'Vital signs', 2, false, 0, '2021-01-01 00:00:00+00', true),
    (10, 'notes', '2.0', 'Notes', 3, false, 30, '2026-10-02 12:00:00+00', false),
    (11, 'ecg', '1.0', 'ECG', 1, true, null, '2020-01-01 00:00:00+00', true),
    (12, 'demo', '1.0', 'Demo', 0, false, null, '2020-01-01 00:00:00+00', true);
insert into project_publishedproject_required_trainings values (1, 2, 1), (2, 3, 1), (3, 10, 1), (4, 10, 2), (5, 11, 3);
insert into project_duasignature values
    (1, 9, 2, '2025-02-02 00:00:00+00'), (2, 9, 2, '2025-01-01 00:00:00+00'), (3, 9, 3, '2025-03-03 00:00:00+00'),
    (4, 10, 2, '2025-01-05 00:00:00+00');
insert into project_dataaccessrequest values
    (1, 9, 10, 3, '2026-10-20 00:00:00+00', '14 days'), (2, 10, 10, 0, null, null);
insert into project_dataaccess values
    (1, 2, 2, 's3://vitals'), (2, 2, 2, 's3://vitals/'), (3, 10, 2, 's3://controlled'),
    (4, 2, 3, 'VITALS@example.org'), (5, 12, 4, 'demo@example.org'), (6, 3, 0, null);
insert into project_gcp values (1, 2, 'vitals-1.0.example.org'), (2, 12, 'demo-1.0.example.org'), (3, 10, null);
insert into project_aws values (1, 2, 'vitals'), (2, 3, 'controlled');
