package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.model.Requirement;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.Snapshot.BadRow;
import org.physionet.provisioner.engine.source.Snapshot.Freeze;
import org.physionet.provisioner.sources.Found;

/** A row that is not understood is reported by table, id and column, and freezes the pairs that depend on it, no others. */
class BadRowsTest {
    private static TestDatabase database;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = TestDatabase.empty();
    }

    @BeforeEach
    void startSound() throws Exception {
        database.makeSmall();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            update user_training set status = 9 where id = 1 | user_training 1, status: expected 0 to 3, found 9 | 9 - 1
            update user_training set status = null where id = 1 | user_training 1, status: expected 0 to 3, found none | 9 - 1
            update user_training set process_datetime = 'infinity' where id = 1 | user_training 1, process_datetime: expected a time, found infinity | 9 - 1
            update user_training set training_type_id = 77 where id = 3 | user_training 3, training_type_id: expected the id of a row of user_trainingtype, found 77 |
            update project_dataaccessrequest set status = 7 where id = 1 | project_dataaccessrequest 1, status: expected 0 to 4, found 7 | 9 notes/2.0 -
            update project_dataaccessrequest set duration = '-1 day' where id = 1 | project_dataaccessrequest 1, duration: expected a length of zero or more, found "-1 days" | 9 notes/2.0 -
            update project_dataaccessrequest set duration = '1 mon -1 day' where id = 1 | project_dataaccessrequest 1, duration: expected a length of zero or more, found "1 mon -1 days" | 9 notes/2.0 -
            update project_dataaccessrequest set duration = 'infinity' where id = 1 | project_dataaccessrequest 1, duration: expected a length, found "infinity" | 9 notes/2.0 -
            update project_dataaccessrequest set decision_datetime = '-infinity' where id = 1 | project_dataaccessrequest 1, decision_datetime: expected a time, found infinity | 9 notes/2.0 -
            update project_dataaccessrequest set status = 7, project_id = 2 where id = 1 | project_dataaccessrequest 1, status: expected 0 to 4, found 7 |
            update project_duasignature set sign_datetime = 'infinity' where id = 4 | project_duasignature 4, sign_datetime: expected a time, found infinity |
            update project_duasignature set project_id = 99 where id = 4 | project_duasignature 4, project_id: expected a readable row of project_publishedproject, found 99 |
            update project_duasignature set user_id = 50 where id = 4 | project_duasignature 4, user_id: expected the id of a row of user_user, found 50 |
            update project_duasignature set user_id = 500 where id = 4 | project_duasignature 4, user_id: expected the id of a row of user_user, found 500 |
            update project_duasignature set user_id = null where id = 4 | project_duasignature 4, user_id: expected the id of a row of user_user, found none |
            update user_trainingtype set valid_duration = '-2 days' where id = 2 | user_trainingtype 2, valid_duration: expected a length of zero or more, found "-2 days" | - - 2
            update project_publishedproject_required_trainings set trainingtype_id = 8 where id = 1 | project_publishedproject_required_trainings 1, trainingtype_id: expected the id of a row of user_trainingtype, found 8 | - - 8
            update project_publishedproject set access_policy = 4 where id = 2 | project_publishedproject 2, access_policy: expected 0 to 3, found 4 | - vitals/1.0 -
            update project_publishedproject set access_policy = null where id = 2 | project_publishedproject 2, access_policy: expected 0 to 3, found none | - vitals/1.0 -
            update project_publishedproject set deprecated_files = null where id = 2 | project_publishedproject 2, deprecated_files: expected true or false, found none | - vitals/1.0 -
            update project_publishedproject set publish_datetime = 'infinity' where id = 10 | project_publishedproject 10, publish_datetime: expected a time, found infinity | - notes/2.0 -
            update project_dataaccess set platform = 5 where id = 1 | project_dataaccess 1, platform: expected 0 to 4, found 5 | - vitals/1.0 -
            update project_dataaccess set platform = 5 where id = 5 | project_dataaccess 5, platform: expected 0 to 4, found 5 |
            update project_dataaccess set location = 'vitals' where id = 1 | project_dataaccess 1, location: expected an S3 bucket, found "vitals" | - vitals/1.0 -
            update project_dataaccess set location = null where id = 4 | project_dataaccess 4, location: expected the address of a Google Group, found none |
            update project_dataaccess set project_id = 99 where id = 6 | project_dataaccess 6, project_id: expected a readable row of project_publishedproject |
            update project_gcp set bucket_name = 'gs://vitals' where id = 1 | project_gcp 1, bucket_name: expected a bucket's name, found "gs://vitals" | - vitals/1.0 -
            update project_aws set bucket_name = 'Vi tals' where id = 1 | project_aws 1, bucket_name: expected an S3 bucket, found "Vi tals" | - vitals/1.0 -
            update user_user set is_active = null where id = 9 | user_user 9, is_active: expected true or false, found none | 9 - -
            update user_user set is_credentialed = null where id = 9 | user_user 9, is_credentialed: expected true or false, found none | 9 - -
            update user_user set credential_datetime = 'infinity' where id = 9 | user_user 9, credential_datetime: expected a time, found infinity |
            insert into user_user select * from user_user where id = 100 | user_user 100, id: expected one row, found several | 100 - -
            update user_associatedemail set email = null where id = 1 | user_associatedemail 1, email: expected an address, found none |
            update user_cloudinformation set gcp_email_id = 70 where id = 1 | user_cloudinformation 1, gcp_email_id: expected the id of an address in user_associatedemail, found 70 | 9 - -
            update user_cloudinformation set aws_user_arn = 'ada' where id = 1 | user_cloudinformation 1, aws_user_arn: AWS ARN: expected arn:aws:iam::ACCOUNT:user/NAME, found "ada" |
            update user_cloudinformation set aws_id = '42' where id = 1 | user_cloudinformation 1, aws_id: AWS account: expected 12 digits, found "42" |
            update user_credentialapplication set status = 5 where id = 1 | user_credentialapplication 1, status: expected 0 to 4, found 5 |
            update user_credentialapplication set country = '??' where id = 1 | user_credentialapplication 1, country: expected two letters, found "??" |
            """)
    void isReportedAndFreezesWhatDependsOnIt(String change, @Nullable String report, @Nullable String frozen)
            throws Exception {
        database.execute(change);
        Snapshot snapshot = database.read();
        assertThat(snapshot.badRows())
                .extracting(BadRow::toString)
                .isEqualTo(report == null ? List.of() : List.of(report));
        assertThat(snapshot.freezes())
                .extracting(BadRowsTest::pairs)
                .isEqualTo(frozen == null ? List.of() : List.of(frozen));
        assertThat(snapshot.freezes()).extracting(Freeze::why).allMatch(why -> why.equals(report));
    }

    @Test
    void anUnknownPolicyIsStatedAsClosedAsCanBe() throws Exception {
        database.execute("update project_publishedproject set access_policy = 9 where id = 12");
        Snapshot snapshot = database.read();
        assertThat(Found.dataset(snapshot, "demo/1.0").requirement())
                .isEqualTo(new Requirement(true, true, true, Requirement.NONE.trainings()));
        assertThat(Found.dataset(snapshot, "demo/1.0").policy()).isEqualTo("unknown policy");
    }

    @Test
    void anEmbargoWithoutAReadableStartNeverEnds() throws Exception {
        database.execute("update project_publishedproject set publish_datetime = null where id = 10");
        Snapshot snapshot = database.read();
        assertThat(Found.dataset(snapshot, "notes/2.0").embargoedUntil()).isEqualTo(Instant.MAX);
        assertThat(snapshot.freezes()).extracting(BadRowsTest::pairs).containsExactly("- notes/2.0 -");
    }

    @Test
    void twoVersionsOfOneNameAreBothFrozenAndNobodysAgreementCountsForEither() throws Exception {
        database.execute("update project_publishedproject set version = '1.0' where id = 3");
        Snapshot snapshot = database.read();
        assertThat(snapshot.datasets()).hasSize(4);
        assertThat(snapshot.badRows())
                .extracting(BadRow::toString)
                .containsExactly(
                        "project_publishedproject 2, slug, version: expected one row named vitals/1.0, found ids [2, 3]",
                        "project_publishedproject 3, slug, version: expected one row named vitals/1.0, found ids [2, 3]");
        assertThat(snapshot.freezes())
                .extracting(BadRowsTest::pairs)
                .containsExactly("- vitals/1.0 -", "- vitals/1.0 -");
        assertThat(snapshot.researchers().values()).allMatch(p -> p.agreements().isEmpty());
    }

    @Test
    void aVersionThatNobodyCanNameIsReportedAndLeftOut() throws Exception {
        database.execute("update project_publishedproject set slug = 'vi tals' where id = 3;"
                + "delete from project_duasignature where project_id = 3; delete from project_dataaccess where project_id = 3;"
                + "delete from project_aws where project_id = 3");
        Snapshot snapshot = database.read();
        assertThat(snapshot.datasets()).hasSize(4);
        assertThat(snapshot.badRows())
                .extracting(BadRow::toString)
                .singleElement()
                .asString()
                .startsWith("project_publishedproject 3, slug, version: ");
    }

    @Test
    void anUnreadableCountryFreezesItsPersonForRegionRestrictedVersionsOnly() throws Exception {
        database.execute("alter table project_publishedproject add column georestricted boolean;"
                + "update project_publishedproject set georestricted = true where id = 11;"
                + "update user_credentialapplication set country = 'U' where id = 2");
        Snapshot snapshot = database.read();
        assertThat(snapshot.freezes()).extracting(BadRowsTest::pairs).containsExactly("9 ecg/1.0 -");
        assertThat(Found.researcher(snapshot, "9").country()).isNull();
    }

    @Test
    void aBadCertificateDoesNotTakeAwayTheGoodOnes() throws Exception {
        database.execute("insert into user_training values (4, 9, 1, 8, null)");
        Researcher ada = Found.researcher(database.read(), "9");
        assertThat(ada.certificates()).extracting(c -> c.type()).contains(new TrainingTypeId("1"));
    }

    @Test
    void anEmptyDatabaseIsAnEmptySnapshotAndNoError() throws Exception {
        for (String table : ReadColumns.REQUIRED.keySet()) {
            database.execute("delete from " + table);
        }
        Snapshot snapshot = database.read();
        assertThat(snapshot.researchers()).isEmpty();
        assertThat(snapshot.datasets()).isEmpty();
        assertThat(snapshot.badRows()).isEmpty();
    }

    private static String pairs(Freeze freeze) {
        return text(freeze.researcher()) + " " + text(freeze.dataset()) + " " + text(freeze.training());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
