package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.policy.Policy;

class DelegationTest {
    private static final String BUCKET = "\"arn:aws:s3:::data-bucket\",\"arn:aws:s3:::data-bucket/*\"";
    private final Delegation delegation = new Delegation("111122223333", S3Location.parse("data-bucket/mimiciv/3.1/"));

    @Test
    void statementThatItAsksForIsAccepted() {
        assertThat(delegation.check(policy(delegation.statement())).ok()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "as PhysioNet writes it | \"*\" | [\"s3:Get*\",\"s3:List*\"] | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}} | true",
                "principal as AWS shows it | {\"AWS\":\"*\"} | \"s3:*\" | {\"StringEquals\":{\"S3:DATAACCESSPOINTACCOUNT\":[\"111122223333\"]}} | true",
                "another account | \"*\" | \"s3:*\" | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"999988887777\"}} | false",
                "reads only | \"*\" | \"s3:GetObject\" | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}} | false",
                "one principal only | {\"AWS\":\"999988887777\"} | \"s3:*\" | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}} | false",
                "a condition more | \"*\" | \"s3:*\" | {\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"},\"Bool\":{\"aws:SecureTransport\":\"true\"}} | false",
                "no condition | \"*\" | \"s3:*\" | - | false",
            })
    void whatLetsEveryAccessPointReaderThroughIsADelegation(
            String what, String principal, String action, String condition, boolean expected) {
        String statement = "{\"Effect\":\"Allow\",\"Principal\":" + principal + ",\"Action\":" + action
                + ",\"Resource\":[" + BUCKET + "]" + (condition == null ? "" : ",\"Condition\":" + condition) + "}";
        assertThat(delegation.check(policy(statement)).ok()).as(what).isEqualTo(expected);
    }

    @Test
    void objectsAndListingMayStandInTwoStatements() {
        String condition = ",\"Condition\":{\"StringEquals\":{\"s3:DataAccessPointAccount\":\"111122223333\"}}}";
        String objects = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":"
                + "\"arn:aws:s3:::data-bucket/mimiciv/*\"" + condition;
        String listing = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":"
                + "\"arn:aws:s3:::data-bucket\"" + condition;
        assertThat(delegation.check(policy(objects + "," + listing)).ok()).isTrue();
        assertThat(delegation.check(policy(objects)).detail()).contains("s3:ListBucket");
    }

    private static Policy policy(String statements) {
        return Policy.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
    }
}
