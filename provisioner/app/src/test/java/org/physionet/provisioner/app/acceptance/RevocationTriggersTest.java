package org.physionet.provisioner.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.physionet.provisioner.app.support.Program;

/** Every trigger of facts/physionet.md 2.5 that the tables can express: the source changes, one run, proven gone. */
class RevocationTriggersTest {
    private static final String CREDENTIALED = "mimiciv/3.1";
    private static final String REVIEWED = "hirid/1.1.1";
    private static final String PROJECT =
            "(select id from public.project_publishedproject where slug || '/' || version = '{dataset}')";

    @TempDir
    Path folder;

    /** Something that happens to one person; {@code {person}} stands for their id. */
    enum Personal {
        CREDENTIALING_REVOKED(CREDENTIALED, """
                update public.user_user set is_credentialed = false where id = {person};
                update public.user_credentialapplication set status = 4, revoked_datetime = now()
                  where user_id = {person} and status = 2"""),
        ACCOUNT_DEACTIVATED(CREDENTIALED, "update public.user_user set is_active = false where id = {person}"),
        ACCOUNT_DELETED(CREDENTIALED, """
                delete from public.user_credentialreview where application_id in
                  (select id from public.user_credentialapplication where user_id = {person});
                do $$ declare fk record; begin
                  for fk in select c.conrelid::regclass as child, a.attname as parent from pg_constraint c
                      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                      where c.contype = 'f' and c.confrelid = 'public.user_user'::regclass loop
                    execute format('delete from %s where %I = {person}', fk.child, fk.parent);
                  end loop;
                end $$;
                delete from public.user_user where id = {person}"""),
        TRAINING_ENDED(CREDENTIALED, """
                update public.user_training set process_datetime = process_datetime - interval '1095 days'
                where user_id = {person}"""),
        REQUEST_REVOKED(REVIEWED, """
                update public.project_dataaccessrequest set status = 4
                where requester_id = {person} and project_id = {project}"""),
        REQUEST_EXPIRED(REVIEWED, """
                update public.project_dataaccessrequest
                set decision_datetime = now() - interval '10 days', duration = interval '9 days'
                where requester_id = {person} and project_id = {project}"""),
        AGREEMENT_DELETED(CREDENTIALED, """
                delete from public.project_duasignature where user_id = {person} and project_id = {project}""");

        final String dataset;
        final String sql;

        Personal(String dataset, String sql) {
            this.dataset = dataset;
            this.sql = sql;
        }
    }

    /** Something that happens to a version, and with it to everybody who holds it. */
    enum Systemic {
        REQUIRED_TRAINING_ADDED("requirement", """
                insert into public.user_trainingtype (id, name, slug, home_page, description, required_field)
                  values (901, 'New course', 'new-course', '', '', 0);
                insert into public.project_publishedproject_required_trainings (publishedproject_id, trainingtype_id)
                  values ({project}, 901)"""),
        VERSION_DEPRECATED("deprecated", """
                update public.project_publishedproject set deprecated_files = true where id = {project}"""),
        EMBARGO_PUT_ON("embargo", """
                update public.project_publishedproject
                set embargo_files_days = 400, publish_datetime = now() - interval '1 day' where id = {project}"""),
        ACCESS_POLICY_CHANGED("requirement", """
                update public.project_publishedproject set access_policy = 3 where id = {project}""");

        final String facet;
        final String sql;

        Systemic(String facet, String sql) {
            this.facet = facet;
            this.sql = sql;
        }
    }

    /** A linked identity is taken away or replaced. */
    enum Identity {
        CLOUD_ADDRESS_REMOVED(true, "", """
                update public.user_cloudinformation set gcp_email_id = null where user_id = {person}"""),
        CLOUD_ADDRESS_REPLACED(true, "user:new.address.of.{person}@gmail.com", """
                insert into public.user_associatedemail
                    (id, email, is_primary_email, added_date, verification_date, is_verified, is_public, user_id)
                  values (90001, 'new.address.of.{person}@gmail.com', false, now(), now(), true, false, {person});
                update public.user_cloudinformation set gcp_email_id = 90001 where user_id = {person}"""),
        AWS_IDENTITY_REMOVED(false, "", """
                update public.user_cloudinformation set aws_id = null, aws_userid = null, aws_user_arn = null,
                  aws_verification_datetime = null where user_id = {person}"""),
        AWS_IDENTITY_REPLACED(false, "AIDANEWIDENTITY234567", """
                update public.user_cloudinformation set aws_userid = 'AIDANEWIDENTITY234567',
                  aws_id = '444455556666', aws_user_arn = 'arn:aws:iam::444455556666:user/new',
                  aws_verification_datetime = now() where user_id = {person}""");

        final boolean google;
        final String replacement;
        final String sql;

        Identity(boolean google, String replacement, String sql) {
            this.google = google;
            this.replacement = replacement;
            this.sql = sql;
        }
    }

    private static String fill(String sql, String dataset, String person) {
        return sql.replace("{project}", PROJECT).replace("{dataset}", dataset).replace("{person}", person);
    }

    private static void run(WorkingSite site, int expected) {
        Program.Result result = site.program.run("run", "--output", "json");
        assertThat(result.code()).as(result.err() + result.out()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToOnePersonTakesThemOutEverywhereAndNobodyElse(Personal trigger) throws Exception {
        try (WorkingSite site = new WorkingSite(folder, List.of(trigger.dataset))) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, trigger.dataset);
            LinkedPerson leaving = people.get(0);
            LinkedPerson staying = people.get(1);
            run(site, 0);
            List<String> all = WorkingSite.resources(trigger.dataset);
            assertThat(leaving.readable(site, trigger.dataset)).isEqualTo(all);

            site.database.change(fill(trigger.sql, trigger.dataset, leaving.id()));
            run(site, 0);

            assertThat(leaving.readable(site, trigger.dataset)).isEmpty();
            assertThat(staying.readable(site, trigger.dataset)).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToAVersionIsHeldWithItsCauseUntilItIsReleased(Systemic trigger) throws Exception {
        try (WorkingSite site = new WorkingSite(folder, List.of(CREDENTIALED, REVIEWED))) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, CREDENTIALED);
            LinkedPerson elsewhere = LinkedPerson.entitledTo(site, REVIEWED).getFirst();
            run(site, 0);
            site.database.change(fill(trigger.sql, CREDENTIALED, ""));

            run(site, 3);
            List<String> all = WorkingSite.resources(CREDENTIALED);
            assertThat(people)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(person ->
                            assertThat(person.readable(site, CREDENTIALED)).isEqualTo(all));
            JsonNode cases = WorkingSite.JSON.readTree(
                    site.program.run("guards", "list", "--output", "json").out());
            assertThat(cases).hasSize(1);
            assertThat(cases.get(0).get("cause").asText()).startsWith(CREDENTIALED + ": " + trigger.facet + " ");
            assertThat(cases.get(0).get("people").asInt()).isGreaterThan(20);
            run(site, 0);

            Program.Result release = site.program.run(
                    "guards",
                    "release",
                    cases.get(0).get("id").asText(),
                    "--reason",
                    "decided by the editors",
                    "--yes");
            assertThat(release.code()).as(release.err()).isZero();
            run(site, 0);
            assertThat(people)
                    .allSatisfy(person ->
                            assertThat(person.readable(site, CREDENTIALED)).isEmpty());
            assertThat(elsewhere.readable(site, REVIEWED)).isEqualTo(WorkingSite.resources(REVIEWED));
            assertThat(site.program.run("guards", "list", "--output", "ndjson").out())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLinkThatIsRemovedOrReplacedTakesTheOldIdentityOut(Identity trigger) throws Exception {
        try (WorkingSite site = new WorkingSite(folder, List.of(CREDENTIALED))) {
            List<LinkedPerson> people = LinkedPerson.entitledTo(site, CREDENTIALED);
            LinkedPerson changing = people.get(0);
            run(site, 0);
            site.database.change(fill(trigger.sql, CREDENTIALED, changing.id()));
            run(site, 0);

            List<String> all = WorkingSite.resources(CREDENTIALED);
            List<String> untouched = all.stream()
                    .filter(resource -> resource.startsWith("s3:") == trigger.google)
                    .toList();
            assertThat(changing.readable(site, CREDENTIALED)).isEqualTo(untouched);
            assertThat(people.get(1).readable(site, CREDENTIALED)).isEqualTo(all);
            if (!trigger.replacement.isEmpty()) {
                String replacement = trigger.replacement.replace("{person}", changing.id());
                assertThat(all.stream().filter(r -> r.startsWith("s3:") != trigger.google))
                        .allSatisfy(resource ->
                                assertThat(site.canRead(replacement, resource)).isTrue());
            }
        }
    }
}
