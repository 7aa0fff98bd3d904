package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What PhysioNet made is found by its name and read as the provider shows it: ids have become ARNs. */
class PhysioNetAccessPointTest {
    @Test
    void accessPointThatPhysioNetMadeIsFoundAndItsUsersAreThoseOfTheirArns() {
        try (SimulatedAws aws = new SimulatedAws();
                Adapter adapter = aws.provider()
                        .connect(
                                aws.settings(),
                                new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))) {
            Resource resource = aws.newResource();
            String name = "mimiciv-v3-1-01";
            String arn = "arn:aws:s3:us-east-1:" + SimulatedAws.OURS + ":accesspoint/" + name;
            aws.control()
                    .createAccessPoint(r -> r.accountId(SimulatedAws.OURS)
                            .name(name)
                            .bucket(S3Location.of(resource.id()).bucket()));
            aws.control()
                    .putAccessPointPolicy(r -> r.accountId(SimulatedAws.OURS)
                            .name(name)
                            .policy(
                                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"DenyListBucketOutsideProject\","
                                            + "\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":[\"s3:ListBucket\"],\"Resource\":\""
                                            + arn
                                            + "\",\"Condition\":{\"StringNotLike\":{\"s3:prefix\":\"mimiciv/3.1/*\"}}},"
                                            + "{\"Sid\":\"AllowGetObject\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\""
                                            + SimulatedAws.id(1) + "\",\"" + SimulatedAws.id(2) + "\"]},"
                                            + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"" + arn
                                            + "/object/mimiciv/3.1/*\",\"" + arn + "\"]}]}"));

            Observed seen = adapter.observe(resource, Places.UNKNOWN);

            assertThat(seen).isInstanceOfSatisfying(Observed.Seen.class, s -> {
                assertThat(s.observation().marked()).isFalse();
                assertThat(s.observation().documents()).containsExactly(name);
                assertThat(s.observation().owned().keySet())
                        .containsExactlyElementsOf(List.of(shownAs(aws, 1), shownAs(aws, 2)));
            });
        }
    }

    private static Principal shownAs(SimulatedAws aws, int person) {
        return new AwsIdentityKind().alsoShownAs(aws.person(person)).iterator().next();
    }
}
