package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.source.SourceUnreadableException;
import org.physionet.provisioner.sources.Found;

/** Tables and columns that only some PhysioNet databases have are read where they are and not missed where they are not. */
class LaterColumnsTest {
    @Test
    void withoutTheColumnNoVersionIsRegionRestricted() throws Exception {
        assertThat(TestDatabase.small().read().datasets().values()).noneMatch(Dataset::georestricted);
    }

    @Test
    void withTheColumnItsValueCountsAndNullIsFalse() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute("alter table project_publishedproject add column georestricted boolean;"
                + "update project_publishedproject set georestricted = true where id = 2;"
                + "update project_publishedproject set georestricted = false where id = 3");
        assertThat(database.read().datasets().values())
                .filteredOn(Dataset::georestricted)
                .extracting(Dataset::id)
                .containsExactly(DatasetId.parse("vitals/1.0"));
    }

    @Test
    void physioNetsOwnAccessPointsAreWhereItsPeopleStand() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute("create table project_awsaccesspoint (id integer, name varchar(50), aws_id integer);"
                + "create table project_awsaccesspointuser (id integer, access_point_id integer, user_id integer,"
                + " aws_id integer);"
                + "insert into project_awsaccesspoint values (7, 'vitals-v1-1-01', 2);"
                + "insert into project_awsaccesspointuser values (1, 7, 9, 2), (2, 7, 10, 2)");
        Snapshot snapshot = database.read();
        assertThat(snapshot.placements())
                .containsExactly(
                        new Snapshot.Placement(
                                new ResearcherId("9"), DatasetId.parse("vitals/1.1"), "s3", "vitals-v1-1-01"),
                        new Snapshot.Placement(
                                new ResearcherId("10"), DatasetId.parse("vitals/1.1"), "s3", "vitals-v1-1-01"));
        assertThat(snapshot.notes())
                .contains(
                        "PhysioNet's own access point vitals-v1-1-01 of vitals/1.1 lists 2 people; once adopted, they keep it.");
    }

    @Test
    void aResearchEnvironmentsGoogleAccountsReplaceTheLinkedOnes() throws Exception {
        TestDatabase database = TestDatabase.small();
        database.execute("create table environment_cloudidentity (id integer, user_id integer, gcp_user_id varchar(50),"
                + " email varchar(255)); insert into environment_cloudidentity values (1, 9, 'ada', 'ada@hdn.example.org'),"
                + " (2, 10, 'grace', 'not an address')");
        Snapshot snapshot = database.read("googleAccounts", "research-environment");
        assertThat(Found.researcher(snapshot, "9").accounts())
                .extracting(CloudAccount::id)
                .containsExactly("ada@hdn.example.org", "AIDAADA0123456789");
        assertThat(Found.researcher(snapshot, "10").accounts())
                .singleElement()
                .extracting(CloudAccount::unusable)
                .isEqualTo("e-mail address: expected name@domain, found \"not an address\"");
    }

    @Test
    void aResearchEnvironmentThatIsNotThereIsNamed() throws Exception {
        TestDatabase database = TestDatabase.small();
        assertThatThrownBy(() -> database.read("googleAccounts", "research-environment"))
                .isInstanceOf(SourceUnreadableException.class)
                .hasMessageContaining("found no environment_cloudidentity");
    }
}
