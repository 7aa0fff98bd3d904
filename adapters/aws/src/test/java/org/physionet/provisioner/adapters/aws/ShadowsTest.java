package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3control.model.GranteeType;
import software.amazon.awssdk.services.s3control.model.Permission;

/** Ways to the data that the layout does not write are found with their path, and each of them really leads there. */
class ShadowsTest {
    private final SimulatedAws aws = new SimulatedAws();
    private Adapter adapter;
    private Resource resource;
    private String bucket;

    @BeforeEach
    void prepare() {
        adapter = aws.provider()
                .connect(aws.settings(), new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
        resource = aws.newResource();
        bucket = S3Location.of(resource.id()).bucket();
    }

    @AfterEach
    void close() {
        adapter.close();
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-points", "bucket-policy", "access-grants"})
    void whatTheLayoutItselfWritesAndTheDelegationAreNone(String layout) {
        new ShardRival(aws.control(), SimulatedAws.OURS).addPerson(aws.newResource(), aws.person(3));

        assertThat(adapter.shadows(as(layout))).isEmpty();
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "s3:GetObject, /*, true",
        "s3:Get*, /mimiciv/*, true",
        "s3:*, /mimiciv/3.1/hosp/*, true",
        "s3:GetObject, /mimiciv/3.10/*, false",
        "s3:GetObjectTagging, /*, false",
        "s3:PutObject, /*, false",
    })
    void foreignStatementOfTheBucketsPolicyIsFoundWhereItReachesTheFolder(String action, String keys, boolean found) {
        aws.s3().putBucketPolicy(r -> r.bucket(bucket).policy("""
                {"Version":"2012-10-17","Statement":[{"Sid":"Old","Effect":"Allow","Principal":{"AWS":"%s"},
                "Action":"%s","Resource":"arn:aws:s3:::%s%s"}]}""".formatted(PolicyJson.CURATOR, action, bucket, keys)));

        assertThat(adapter.shadows(resource))
                .extracting(Shadow::who)
                .isEqualTo(found ? java.util.List.of(PolicyJson.CURATOR) : java.util.List.of());
        assertThat(adapter.shadows(resource))
                .allMatch(shadow -> shadow.path().contains("\"Sid\":\"Old\"") && shadow.certain());
    }

    @Test
    void anotherAccessPointOfTheBucketIsFoundWithItsNameAndReallyLeadsThere() {
        aws.control()
                .createAccessPoint(
                        r -> r.accountId(SimulatedAws.OURS).name("side-door").bucket(bucket));
        aws.control()
                .putAccessPointPolicy(r ->
                        r.accountId(SimulatedAws.OURS).name("side-door").policy("""
                {"Version":"2012-10-17","Statement":[{"Sid":"Side","Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:us-east-1:111122223333:accesspoint/side-door/object/*",
                "Condition":{"StringEquals":{"aws:userid":"%s"}}}]}""".formatted(SimulatedAws.id(4))));

        assertThat(aws.canRead(resource, aws.person(4))).isTrue();
        assertThat(adapter.shadows(resource)).singleElement().satisfies(shadow -> {
            assertThat(shadow.who()).isEqualTo(SimulatedAws.id(4));
            assertThat(shadow.path()).startsWith("access point side-door: statement");
        });
    }

    @Test
    void accessPointsOfAnEarlierLayoutAreFound() {
        new ShardRival(aws.control(), SimulatedAws.OURS).addPerson(resource, aws.person(5));

        assertThat(adapter.shadows(resource)).isEmpty();
        assertThat(adapter.shadows(as("access-grants")))
                .singleElement()
                .satisfies(shadow -> assertThat(shadow.who()).isEqualTo(SimulatedAws.id(5)));
    }

    @Test
    void grantOfAWiderScopeIsFoundAndOneBesideIsNot() {
        aws.control().createAccessGrantsInstance(r -> r.accountId(SimulatedAws.OURS));
        String location = aws.control()
                .createAccessGrantsLocation(r -> r.accountId(SimulatedAws.OURS)
                        .locationScope("s3://" + bucket + "/*")
                        .iamRoleArn("arn:aws:iam::111122223333:role/grants"))
                .accessGrantsLocationId();
        grant(location, "mimiciv/*");
        grant(location, "mimiciv/3.10/*");

        assertThat(adapter.shadows(resource)).singleElement().satisfies(shadow -> {
            assertThat(shadow.who()).isEqualTo(PolicyJson.CURATOR);
            assertThat(shadow.path()).contains("READ on s3://" + bucket + "/mimiciv/*");
        });
    }

    @Test
    void accessControlListsThatAreOnAreAnUncertainWayWithTheCommandThatTurnsThemOff() {
        aws.s3()
                .putBucketOwnershipControls(r -> r.bucket(bucket)
                        .ownershipControls(c -> c.rules(rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER))));

        assertThat(adapter.shadows(resource)).singleElement().satisfies(shadow -> {
            assertThat(shadow.certain()).isFalse();
            assertThat(shadow.path()).contains("put-bucket-ownership-controls --bucket " + bucket);
        });
    }

    @Test
    void whatMayNotBeLookedAtIsAnUncertainWay() {
        aws.trouble("s3.GetBucketPolicy", Trouble.answer(403));

        assertThat(adapter.shadows(resource)).singleElement().satisfies(shadow -> {
            assertThat(shadow.certain()).isFalse();
            assertThat(shadow.path()).startsWith("bucket policy of " + bucket).contains("403");
        });
    }

    private void grant(String location, String subPrefix) {
        aws.control()
                .createAccessGrant(r -> r.accountId(SimulatedAws.OURS)
                        .accessGrantsLocationId(location)
                        .accessGrantsLocationConfiguration(c -> c.s3SubPrefix(subPrefix))
                        .grantee(g -> g.granteeType(GranteeType.IAM).granteeIdentifier(PolicyJson.CURATOR))
                        .permission(Permission.READ));
    }

    private Resource as(String layout) {
        return new Resource(
                resource.id(),
                "aws",
                layout,
                Map.of(),
                resource.mode(),
                resource.datasets(),
                resource.admits(),
                resource.keep(),
                "test");
    }
}
