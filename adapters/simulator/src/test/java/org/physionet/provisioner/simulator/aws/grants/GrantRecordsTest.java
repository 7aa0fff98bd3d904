package org.physionet.provisioner.simulator.aws.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.ADA;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.BOB;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.OURS;
import static org.physionet.provisioner.simulator.aws.grants.GrantsWorld.ROLE;
import static org.physionet.provisioner.simulator.aws.grants.VendedCredentialsTest.refusal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3control.model.ListAccessGrantEntry;
import software.amazon.awssdk.services.s3control.model.Permission;
import software.amazon.awssdk.services.s3control.model.S3PrefixType;

/** Instances, locations and grants as records; every error by its code in the S3 API reference, "S3 Access Grants error codes". */
class GrantRecordsTest {
    private final GrantsWorld world = new GrantsWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anAccountHasOneInstanceInARegionAndItGoesOnlyWhenItIsEmpty() {
        assertThat(refusal(() -> world.admin.getAccessGrantsInstance(b -> b.accountId(OURS))))
                .isEqualTo("404 AccessGrantsInstanceNotExistsError");
        var made = world.admin.createAccessGrantsInstance(b -> b.accountId(OURS));
        assertThat(made.accessGrantsInstanceArn()).isEqualTo(GrantsWorld.INSTANCE);
        assertThat(world.admin.getAccessGrantsInstance(b -> b.accountId(OURS)).createdAt())
                .isEqualTo(made.createdAt());
        assertThat(world.admin.listAccessGrantsInstances(b -> b.accountId(OURS)).accessGrantsInstancesList())
                .hasSize(1);
        assertThat(refusal(() -> world.admin.createAccessGrantsInstance(b -> b.accountId(OURS))))
                .isEqualTo("409 AccessGrantsInstanceAlreadyExists");
        assertThat(refusal(() -> world.admin.getAccessGrantsInstanceResourcePolicy(b -> b.accountId(OURS))))
                .isEqualTo("404 AccessGrantsInstanceResourcePolicyNotExists");
        assertThat(refusal(() -> world.admin.putAccessGrantsInstanceResourcePolicy(
                        b -> b.accountId(OURS).policy("{}"))))
                .isEqualTo("400 InvalidResourcePolicy");

        String location = location("s3://data/mimiciv/*");
        assertThat(refusal(() -> world.admin.deleteAccessGrantsInstance(b -> b.accountId(OURS))))
                .isEqualTo("400 AccessGrantsInstanceNotEmptyError");
        world.admin.deleteAccessGrantsLocation(b -> b.accountId(OURS).accessGrantsLocationId(location));
        world.admin.deleteAccessGrantsInstance(b -> b.accountId(OURS));
        assertThat(refusal(() -> world.admin.listAccessGrants(b -> b.accountId(OURS))))
                .isEqualTo("404 AccessGrantsInstanceNotExistsError");
    }

    @Test
    void aLocationIsThereOnceAndGoesOnlyWithoutGrants() {
        world.admin.createAccessGrantsInstance(b -> b.accountId(OURS));
        String mimic = location("s3://data/mimiciv/*");
        assertThat(refusal(() -> location("s3://data/mimiciv/*")))
                .isEqualTo("409 AccessGrantsLocationAlreadyExistsError");
        assertThat(refusal(() -> location("http://data"))).isEqualTo("400 InvalidAccessGrantsLocation");
        assertThat(refusal(() -> world.admin.createAccessGrantsLocation(
                        b -> b.accountId(OURS).locationScope("s3://other").iamRoleArn(ROLE + "-absent"))))
                .isEqualTo("400 InvalidIamRole");
        assertThat(location("s3://")).isEqualTo("default");
        assertThat(world.admin.listAccessGrantsLocations(b -> b.accountId(OURS)).accessGrantsLocationsList())
                .hasSize(2);

        var grant = world.admin.createAccessGrant(b -> b.accountId(OURS)
                .accessGrantsLocationId(mimic)
                .accessGrantsLocationConfiguration(c -> c.s3SubPrefix("3.1/*"))
                .grantee(g -> g.granteeType("IAM").granteeIdentifier(ADA))
                .permission(Permission.READ));
        assertThat(grant.grantScope()).isEqualTo("s3://data/mimiciv/3.1/*");
        assertThat(refusal(() -> world.admin.deleteAccessGrantsLocation(
                        b -> b.accountId(OURS).accessGrantsLocationId(mimic))))
                .isEqualTo("400 AccessGrantsLocationNotEmptyError");
        assertThat(world.admin
                        .updateAccessGrantsLocation(b ->
                                b.accountId(OURS).accessGrantsLocationId(mimic).iamRoleArn(ROLE))
                        .locationScope())
                .isEqualTo("s3://data/mimiciv/*");
        assertThat(refusal(() -> world.admin.getAccessGrantsLocation(
                        b -> b.accountId(OURS).accessGrantsLocationId("none"))))
                .isEqualTo("404 NoSuchAccessGrantsLocationError");
    }

    @Test
    void aGrantIsThereOnceForAGranteePermissionAndScope() {
        world.set();
        var made = world.grant(ADA, "data/mimiciv/3.1/*");
        assertThat(made.accessGrantArn()).isEqualTo(GrantsWorld.INSTANCE + "/grant/" + made.accessGrantId());
        assertThat(world.admin
                        .getAccessGrant(b -> b.accountId(OURS).accessGrantId(made.accessGrantId()))
                        .accessGrantsLocationConfiguration()
                        .s3SubPrefix())
                .isEqualTo("data/mimiciv/3.1/*");
        assertThat(refusal(() -> world.grant(ADA, "data/mimiciv/3.1/*"))).isEqualTo("409 AccessGrantAlreadyExists");
        world.grant(ADA, "data/mimiciv/3.1/*", Permission.READWRITE);
        world.grant(BOB, "data/mimiciv/3.1/*");
        assertThat(refusal(() -> world.grant("ada@example.org", "data/*"))).isEqualTo("400 InvalidAccessGrant");
        assertThat(refusal(() -> world.admin.createAccessGrant(b -> b.accountId(OURS)
                        .accessGrantsLocationId("default")
                        .grantee(g -> g.granteeType("IAM").granteeIdentifier(ADA))
                        .permission(Permission.READ))))
                .as("all of the default location can not be granted")
                .isEqualTo("400 InvalidAccessGrant");
        world.admin.deleteAccessGrant(b -> b.accountId(OURS).accessGrantId(made.accessGrantId()));
        assertThat(refusal(() ->
                        world.admin.deleteAccessGrant(b -> b.accountId(OURS).accessGrantId(made.accessGrantId()))))
                .isEqualTo("404 NoSuchAccessGrantError");
        world.grant(ADA, "data/mimiciv/3.1/*");
    }

    @Test
    void grantsAreListedByFilterAndPageByPage() {
        world.set();
        for (int i = 0; i < 5; i++) {
            world.grant(ADA, "data/set-" + i + "/*");
        }
        world.grant(BOB, "data/set-0/*");
        assertThat(world.admin.listAccessGrantsPaginator(b -> b.accountId(OURS).maxResults(2)).stream()
                        .flatMap(page -> page.accessGrantsList().stream())
                        .map(ListAccessGrantEntry::accessGrantId))
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThat(world.admin
                        .listAccessGrants(b -> b.accountId(OURS).grantScope("s3://data/set-0/*"))
                        .accessGrantsList())
                .extracting(g -> g.grantee().granteeIdentifier())
                .containsExactlyInAnyOrder(ADA, BOB);
        assertThat(world.admin
                        .listAccessGrants(
                                b -> b.accountId(OURS).granteeType("IAM").granteeIdentifier(BOB))
                        .accessGrantsList())
                .hasSize(1);
        assertThat(world.ada
                        .listCallerAccessGrants(b -> b.accountId(OURS).grantScope("s3://data/set-"))
                        .callerAccessGrantsList())
                .hasSize(5);
    }

    /** facts/aws.md A1.1: 100,000 unless AWS raised it; here lowered, so that three suffice. */
    @Test
    void anInstanceHoldsNoMoreThanItsQuota() {
        world.set();
        var simulator = world.aws.live().simulator();
        var state = simulator.state();
        assertThat(state.at("/aws/accounts/111122223333/accessGrants/0/quota").intValue())
                .isEqualTo(100_000);
        world.aws.with(state.get("aws").toString().replace("\"quota\":100000", "\"quota\":2"));
        world.grant(ADA, "data/1/*");
        world.grant(ADA, "data/2/*");
        assertThat(refusal(() -> world.grant(ADA, "data/3/*"))).isEqualTo("409 AccessGrantsQuotaExceededError");
    }

    @Test
    void grantsCarryTags() {
        world.set();
        String arn = world.admin
                .createAccessGrant(b -> b.accountId(OURS)
                        .accessGrantsLocationId("default")
                        .accessGrantsLocationConfiguration(c -> c.s3SubPrefix("data/a.csv"))
                        .s3PrefixType(S3PrefixType.OBJECT)
                        .grantee(g -> g.granteeType("IAM").granteeIdentifier(ADA))
                        .permission(Permission.READ)
                        .tags(t -> t.key("owner").value("provisioner")))
                .accessGrantArn();
        world.admin.tagResource(
                b -> b.accountId(OURS).resourceArn(arn).tags(t -> t.key("b").value("2")));
        assertThat(world.admin
                        .listTagsForResource(b -> b.accountId(OURS).resourceArn(arn))
                        .tags())
                .extracting(t -> t.key() + "=" + t.value())
                .containsExactly("b=2", "owner=provisioner");
        world.admin.untagResource(b -> b.accountId(OURS).resourceArn(arn).tagKeys("owner"));
        assertThat(world.admin
                        .listTagsForResource(b -> b.accountId(OURS).resourceArn(arn))
                        .tags())
                .hasSize(1);
    }

    private String location(String scope) {
        return world.admin
                .createAccessGrantsLocation(
                        b -> b.accountId(OURS).locationScope(scope).iamRoleArn(ROLE))
                .accessGrantsLocationId();
    }
}
