package org.physionet.provisioner.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

/** Ids and ARNs are two spellings of one principal, and ids outlive names (facts/aws.md A1.4, A2.1, A2.2). */
class PrincipalSpellingsTest {
    private AwsWorld world = AwsWorld.strict().withDelegatingBucket("a.csv");
    private final IamClient iam = world.iam(AwsWorld.ADMINISTRATOR);

    @AfterEach
    void close() {
        world.close();
    }

    private String create(String name) {
        return iam.createUser(b -> b.userName(name).path("/team/")).user().userId();
    }

    private String stored() {
        return world.control()
                .getAccessPointPolicy(b -> b.accountId(AwsWorld.ACCOUNT).name("shard-01"))
                .policy();
    }

    @Test
    void anIdComesBackAsArnWhileItsUserLivesAndAsIdAfterwardsAndTheTextIsThenNotPuttable() {
        world.createAccessPoint("shard-01");
        String id = create("ada");
        assertThat(id).matches("AIDA[A-Z0-9]{17}");
        world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", id));
        assertThat(stored())
                .contains("\"AWS\":\"arn:aws:iam::111122223333:user/team/ada\"")
                .doesNotContain(id);
        assertThat(world.canRead(id, "s3://data-one/a.csv").allowed()).isTrue();

        iam.deleteUser(b -> b.userName("ada"));

        assertThat(stored()).contains("\"AWS\":\"" + id + "\"");
        assertThat(world.canRead(id, "s3://data-one/a.csv").allowed()).isFalse();
        S3ControlException refusal =
                catchThrowableOfType(S3ControlException.class, () -> world.putPolicy("shard-01", stored()));
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Invalid principal in policy");
    }

    @Test
    void aUserOfTheSameNameMadeAnewHasANewIdAndInheritsNothing() {
        world.createAccessPoint("shard-01");
        String old = create("ada");
        world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", "arn:aws:iam::111122223333:user/team/ada"));
        iam.deleteUser(b -> b.userName("ada"));
        String fresh = create("ada");

        assertThat(fresh).isNotEqualTo(old);
        assertThat(world.canRead(fresh, "s3://data-one/a.csv").allowed()).isFalse();
        assertThat(stored()).contains(old);
    }

    @Test
    void aUserOfTheSameNameMadeAnewInheritsAPrincipalArnCondition() {
        world.control()
                .createAccessPoint(b -> b.accountId(AwsWorld.ACCOUNT)
                        .name("shard-01")
                        .bucket(AwsWorld.BUCKET)
                        .publicAccessBlockConfiguration(c -> c.blockPublicPolicy(false)));
        world.s3()
                .putPublicAccessBlock(
                        b -> b.bucket(AwsWorld.BUCKET).publicAccessBlockConfiguration(c -> c.blockPublicPolicy(false)));
        create("ada");
        world.putPolicy(
                "shard-01",
                AwsWorld.shard("shard-01", "", "arn:aws:iam::111122223333:user/team/ada")
                        .replace("aws:userid", "aws:PrincipalArn"));
        iam.deleteUser(b -> b.userName("ada"));
        String fresh = create("ada");

        assertThat(world.canRead(fresh, "s3://data-one/a.csv").allowed()).isTrue();
    }

    @Test
    void anAccountComesBackAsItsRootAndOneNameAsText() {
        world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", AwsWorld.ACCOUNT));
        assertThat(stored()).contains("\"AWS\":\"arn:aws:iam::111122223333:root\"");
    }

    @Test
    void aPrincipalMadeJustNowIsRefusedForAWhileAndThenAccepted() {
        world.with("{\"delays\":{\"principal\":\"PT10S\"}}").withDelegatingBucket("a.csv");
        world.createAccessPoint("shard-01");
        String id = create("ada");
        assertThat(catchThrowableOfType(
                                S3ControlException.class,
                                () -> world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", id)))
                        .awsErrorDetails()
                        .rawResponse()
                        .asUtf8String())
                .contains(id);

        world.advance(Duration.ofSeconds(11));

        world.putPolicy("shard-01", AwsWorld.principals("shard-01", "", id));
        assertThat(world.canRead(id, "s3://data-one/a.csv").allowed()).isTrue();
    }

    @Test
    void withOpenAccountsEveryWellFormedPrincipalExistsAndArnsKeepOneId() {
        world.close();
        world = AwsWorld.open().with("{}").withDelegatingBucket("a.csv");
        world.createAccessPoint("shard-01");
        String policy = AwsWorld.principals(
                "shard-01", "", "arn:aws:iam::777788889999:user/eve", "AIDANOBODYNOBODYNOBOD", "222233334444");
        world.putPolicy("shard-01", policy);
        assertThat(stored())
                .contains("arn:aws:iam::777788889999:user/eve")
                .contains("user/AIDANOBODYNOBODYNOBOD")
                .contains("arn:aws:iam::222233334444:root");
        String again = stored();
        world.putPolicy("shard-01", again);
        assertThat(stored()).isEqualTo(again);
        assertThat(world.canRead("AIDANOBODYNOBODYNOBOD", "s3://data-one/a.csv").allowed())
                .isTrue();
        assertThat(world.canRead("AIDASOMEBODYELSEATALL", "s3://data-one/a.csv").allowed())
                .isFalse();
    }
}
