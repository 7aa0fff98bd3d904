package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Access control lists are off on new buckets, and count as AWS says where they are on. */
class AccessControlListTest {
    private AwsWorld world;
    private S3Client owner;
    private S3Client other;

    @BeforeEach
    void prepare() {
        world = AwsWorld.open().with("""
                {"accounts":{"111122223333":{},"999988887777":{"users":[{"arn":"arn:aws:iam::999988887777:user/ada",
                  "keys":[{"id":"AKIAADA","secret":"secret"}],
                  "policies":{"own":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:ListAllMyBuckets\\",\\"Resource\\":\\"*\\"}]}"}}]}}}""");
        owner = world.s3();
        other = world.s3(AwsBasicCredentials.create("AKIAADA", "secret"));
        owner.createBucket(b -> b.bucket(AwsWorld.BUCKET));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void ownership(ObjectOwnership kind) {
        owner.putBucketOwnershipControls(
                r -> r.bucket(AwsWorld.BUCKET).ownershipControls(o -> o.rules(rule -> rule.objectOwnership(kind))));
    }

    private String refused(BucketCannedACL acl) {
        S3Exception e = AwsWorld.refusal(
                S3Exception.class,
                _ -> owner.putBucketAcl(r -> r.bucket(AwsWorld.BUCKET).acl(acl)));
        return e.statusCode() + " "
                + Objects.requireNonNull(e.awsErrorDetails()).errorCode();
    }

    private boolean lists(S3Client who) {
        try {
            who.listObjectsV2(r -> r.bucket(AwsWorld.BUCKET));
            return true;
        } catch (S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(403);
            return false;
        }
    }

    @Test
    void onANewBucketAnyListIsRefusedAndTheOwnersOwnIsShown() {
        assertThat(owner.getBucketOwnershipControls(r -> r.bucket(AwsWorld.BUCKET))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(refused(BucketCannedACL.PRIVATE)).isEqualTo("400 AccessControlListNotSupported");
        assertThat(refused(BucketCannedACL.PUBLIC_READ)).isEqualTo("400 AccessControlListNotSupported");
        var shown = owner.getBucketAcl(r -> r.bucket(AwsWorld.BUCKET));
        assertThat(shown.grants()).extracting(Grant::permission).containsExactly(Permission.FULL_CONTROL);
        assertThat(shown.grants().getFirst().grantee().id())
                .isEqualTo(shown.owner().id());
    }

    @Test
    void whereListsAreOnAPublicOneIsBlockedIgnoredOrInForceAsTheBlocksSay() {
        ownership(ObjectOwnership.OBJECT_WRITER);
        assertThat(refused(BucketCannedACL.PUBLIC_READ)).isEqualTo("403 AccessDenied");
        owner.putPublicAccessBlock(r -> r.bucket(AwsWorld.BUCKET)
                .publicAccessBlockConfiguration(b -> b.blockPublicAcls(false).ignorePublicAcls(true)));
        owner.putBucketAcl(r -> r.bucket(AwsWorld.BUCKET).acl(BucketCannedACL.PUBLIC_READ));
        assertThat(lists(other)).as("ignored").isFalse();
        owner.deletePublicAccessBlock(r -> r.bucket(AwsWorld.BUCKET));
        assertThat(lists(other)).isTrue();
        owner.putBucketPolicy(r -> r.bucket(AwsWorld.BUCKET).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::999988887777:user/ada"},
                "Action":"s3:ListBucket","Resource":"arn:aws:s3:::data-one"}]}"""));
        assertThat(lists(other)).as("an explicit deny wins").isFalse();
    }

    @Test
    void anAccountsCanonicalIdIsLetInAndListsAreTurnedOffOnlyWhenItIsOut() {
        ownership(ObjectOwnership.BUCKET_OWNER_PREFERRED);
        String theirs = other.listBuckets().owner().id();
        String ours = owner.listBuckets().owner().id();
        assertThat(lists(other)).isFalse();
        owner.putBucketAcl(
                r -> r.bucket(AwsWorld.BUCKET).grantFullControl("id=" + ours).grantRead("id=" + theirs));
        assertThat(lists(other)).isTrue();
        var simulator = world.live().simulator();
        simulator.load(simulator.state());
        assertThat(lists(other)).as("after a dump").isTrue();

        S3Exception kept = AwsWorld.refusal(S3Exception.class, _ -> ownership(ObjectOwnership.BUCKET_OWNER_ENFORCED));
        assertThat(Objects.requireNonNull(kept.awsErrorDetails()).errorCode())
                .isEqualTo("InvalidBucketAclWithObjectOwnership");
        owner.putBucketAcl(r -> r.bucket(AwsWorld.BUCKET).acl(BucketCannedACL.PRIVATE));
        ownership(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(lists(other)).isFalse();
    }
}
