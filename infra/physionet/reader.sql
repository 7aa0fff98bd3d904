-- The read-only role with which the provisioner reads PhysioNet's database.
-- It may read exactly the columns below: no names, no password hashes, no postal or registration addresses.
--
-- Run it in PhysioNet's database, as the owner of its tables; it may be run again after every upgrade of PhysioNet:
--
--     psql -v ON_ERROR_STOP=1 -d physionet -f reader.sql
--     psql -d physionet -c '\password provisioner_reader'
--
-- The role has no password until you give it one, and cannot log in by password before.

do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'provisioner_reader') then
        create role provisioner_reader login nosuperuser nocreatedb nocreaterole noinherit connection limit 8;
    end if;
end
$$;

alter role provisioner_reader set default_transaction_read_only = on;
grant usage on schema public to provisioner_reader;

-- People and their linked accounts
grant select (id, username, email, is_active, is_credentialed, credential_datetime)
    on public.user_user to provisioner_reader;
grant select (id, user_id, email, is_verified)
    on public.user_associatedemail to provisioner_reader;
grant select (id, user_id, gcp_email_id, aws_id, aws_userid, aws_user_arn, aws_verification_datetime)
    on public.user_cloudinformation to provisioner_reader;
-- The country decides about region-restricted versions.
grant select (id, user_id, status, country, decision_datetime)
    on public.user_credentialapplication to provisioner_reader;

-- Trainings
grant select (id, name, valid_duration)
    on public.user_trainingtype to provisioner_reader;
grant select (id, user_id, training_type_id, status, process_datetime)
    on public.user_training to provisioner_reader;

-- Versions and what they ask for
grant select (id, slug, version, title, access_policy, deprecated_files, embargo_files_days, publish_datetime,
        allow_file_downloads)
    on public.project_publishedproject to provisioner_reader;
grant select (id, publishedproject_id, trainingtype_id)
    on public.project_publishedproject_required_trainings to provisioner_reader;

-- Agreements and requests
grant select (id, user_id, project_id, sign_datetime)
    on public.project_duasignature to provisioner_reader;
grant select (id, requester_id, project_id, status, decision_datetime, duration)
    on public.project_dataaccessrequest to provisioner_reader;

-- Where versions live
grant select (id, project_id, platform, location)
    on public.project_dataaccess to provisioner_reader;
grant select (id, project_id, bucket_name)
    on public.project_gcp to provisioner_reader;
grant select (id, project_id, bucket_name)
    on public.project_aws to provisioner_reader;

-- What only later versions of PhysioNet, or a research environment, have
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('project_publishedproject', 'georestricted'),
            ('project_awsaccesspoint', 'id'),
            ('project_awsaccesspoint', 'name'),
            ('project_awsaccesspoint', 'aws_id'),
            ('project_awsaccesspointuser', 'id'),
            ('project_awsaccesspointuser', 'access_point_id'),
            ('project_awsaccesspointuser', 'user_id'),
            ('environment_cloudidentity', 'id'),
            ('environment_cloudidentity', 'user_id'),
            ('environment_cloudidentity', 'email')) as later (table_name, column_name)
        where exists (
            select from pg_catalog.pg_attribute a
            where a.attrelid = pg_catalog.to_regclass('public.' || later.table_name)
              and a.attname = later.column_name and not a.attisdropped)
    loop
        execute pg_catalog.format(
            'grant select (%I) on public.%I to provisioner_reader', wanted.column_name, wanted.table_name);
    end loop;
end
$$;
