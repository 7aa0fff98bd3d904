package org.physionet.provisioner.adapters.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;

/** Which principals may prove themselves (facts/aws.md A3.4), and what counts as STS's answer. */
class CallerIdentityTest {
    private static final String USER = answer("AIDA00000000000000001", "arn:aws:iam::999988887777:user/team/x/ada");

    private static String answer(String id, String arn) {
        return "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"999988887777\",\"Arn\":\""
                + arn + "\",\"UserId\":\"" + id + "\"},\"ResponseMetadata\":{\"RequestId\":\"r\"}}}";
    }

    @Test
    void userIsProvenWithTheWholeArn() {
        assertThat(new CallerIdentity(false).judge(USER)).isInstanceOfSatisfying(Verdict.Proven.class, p -> {
            assertThat(p.account().id()).isEqualTo("AIDA00000000000000001");
            assertThat(p.account().attributes()).containsEntry("arn", "arn:aws:iam::999988887777:user/team/x/ada");
        });
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource({
        "999988887777, arn:aws:iam::999988887777:root, root",
        "999988887777:bob, arn:aws:sts::999988887777:federated-user/bob, federated",
        "AROA00000000000000001:ada, arn:aws:sts::999988887777:assumed-role/lab/ada, role lab",
        "AROA00000000000000001:ada@x.org, arn:aws:sts::999988887777:assumed-role/AWSReservedSSO_Admin_0123/ada@x.org, Identity Center",
        "AIDA00000000000000001, arn:aws-cn:iam::999988887777:user/ada, partition",
        "AIDA00000000000000001, arn:aws-us-gov:iam::999988887777:user/ada, partition",
        "AIDA00000000000000001, arn:aws:iam::111122223333:user/ada, no IAM user",
        "AROA00000000000000001, arn:aws:iam::999988887777:user/ada, no IAM user",
    })
    void othersAreRefusedWithTheReason(String id, String arn, String reason) {
        assertThat(new CallerIdentity(false).judge(answer(id, arn)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, r -> assertThat(r.reason()).contains(reason));
    }

    @Test
    void identityCenterIsRefusedEvenWhereRolesAreTaken() {
        String session = answer(
                "AROA00000000000000001:ada@x.org",
                "arn:aws:sts::999988887777:assumed-role/AWSReservedSSO_Admin_0123/ada@x.org");
        assertThat(new CallerIdentity(true).judge(session)).isInstanceOf(Verdict.Refused.class);
    }

    /** CVE-2020-16250: a lenient reader found the identity inside another call's answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::999988887777:user/ada</Arn>"
                        + "</GetCallerIdentityResult></GetCallerIdentityResponse>",
                "{\"AssumeRoleResponse\":{\"GetCallerIdentityResponse\":{}}}",
                "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":[]}}",
                "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":1,\"Arn\":2,\"UserId\":3}}}",
            })
    void whatIsNotExactlyTheAnswerProvesNothing(String answer) {
        assertThat(new CallerIdentity(true).judge(answer)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void answerWithMoreAroundItProvesNothing() {
        assertThat(new CallerIdentity(true).judge(USER + USER)).isInstanceOf(Verdict.Refused.class);
        assertThat(new CallerIdentity(true).judge("x" + USER)).isInstanceOf(Verdict.Refused.class);
        assertThat(new CallerIdentity(true).judge("{\"Other\":1," + USER.substring(1)))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(new CallerIdentity(true)
                        .judge(USER.replace("\"Account\"", "\"Arn\":\"arn:aws:iam::1:user/x\",\"Account\"")))
                .isInstanceOf(Verdict.Refused.class);
    }
}
