package org.physionet.provisioner.simulator.aws.grants;

import org.physionet.provisioner.simulator.aws.AwsWorld;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.CreateAccessGrantResponse;
import software.amazon.awssdk.services.s3control.model.Credentials;
import software.amazon.awssdk.services.s3control.model.GetDataAccessResponse;
import software.amazon.awssdk.services.s3control.model.GranteeType;
import software.amazon.awssdk.services.s3control.model.Permission;

/** Our account with a bucket, a location's role and an instance; Ada and Bob in another account whose policies let them ask for data. */
final class GrantsWorld implements AutoCloseable {
    static final String OURS = AwsWorld.ACCOUNT;
    static final String ADA = "arn:aws:iam::444455556666:user/ada";
    static final String BOB = "arn:aws:iam::444455556666:user/bob";
    static final String ADA_ID = "AIDAADAADAADAADAADAAD";
    static final String ROLE = "arn:aws:iam::111122223333:role/grants";
    static final String INSTANCE = "arn:aws:s3:us-east-1:111122223333:access-grants/default";

    private static final String ASKS =
            "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
                    + "\\\"Action\\\":[\\\"s3:GetDataAccess\\\",\\\"s3:ListCallerAccessGrants\\\"],\\\"Resource\\\":\\\"*\\\"}]}";
    private static final String SERVES =
            "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
                    + "\\\"Action\\\":[\\\"s3:GetObject\\\",\\\"s3:ListBucket\\\",\\\"s3:PutObject\\\"],\\\"Resource\\\":\\\"*\\\",\\\"Condition\\\":"
                    + "{\\\"ArnEquals\\\":{\\\"s3:AccessGrantsInstanceArn\\\":\\\"" + INSTANCE + "\\\"}}}]}";
    private static final String STATE = """
            {"accounts":{
              "444455556666":{"users":[
                {"arn":"%s","id":"%s","keys":[{"id":"AKIAADA","secret":"a"}],"policies":{"asks":"%s"}},
                {"arn":"%s","id":"AIDABOBBOBBOBBOBBOBBO","keys":[{"id":"AKIABOB","secret":"b"}],"policies":{"asks":"%s"}}]},
              "111122223333":{"roles":[{"arn":"%s","id":"AROAGRANTSGRANTSGRANT","maxSessionSeconds":7200,"policies":{"serves":"%s"},
                "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"access-grants.s3.amazonaws.com"},
                  "Action":["sts:AssumeRole","sts:SetSourceIdentity"],
                  "Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}]}}]}},
             "buckets":[{"name":"data","objects":[{"key":"mimiciv/3.1/a.csv","text":"a"},{"key":"mimiciv/3.1/b.csv","text":"b"},
               {"key":"eicu/2.0/c.csv","text":"c"}]}]}""".formatted(ADA, ADA_ID, ASKS, BOB, ASKS, ROLE, SERVES);

    final AwsWorld aws = AwsWorld.strict().with(STATE);
    final S3ControlClient admin = aws.control();
    final S3ControlClient ada = aws.control(AwsBasicCredentials.create("AKIAADA", "a"));
    final S3ControlClient bob = aws.control(AwsBasicCredentials.create("AKIABOB", "b"));

    /** With an instance, the default location, and a policy that lets the other account come. */
    GrantsWorld set() {
        admin.createAccessGrantsInstance(b -> b.accountId(OURS));
        admin.createAccessGrantsLocation(
                b -> b.accountId(OURS).locationScope("s3://").iamRoleArn(ROLE));
        admin.putAccessGrantsInstanceResourcePolicy(b -> b.accountId(OURS).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},
                 "Action":["s3:GetDataAccess","s3:ListCallerAccessGrants"],"Resource":"%s"}]}""".formatted(INSTANCE)));
        return this;
    }

    CreateAccessGrantResponse grant(String grantee, String subPrefix) {
        return grant(grantee, subPrefix, Permission.READ);
    }

    CreateAccessGrantResponse grant(String grantee, String subPrefix, Permission permission) {
        return admin.createAccessGrant(b -> b.accountId(OURS)
                .accessGrantsLocationId("default")
                .accessGrantsLocationConfiguration(c -> c.s3SubPrefix(subPrefix))
                .grantee(g -> g.granteeType(GranteeType.IAM).granteeIdentifier(grantee))
                .permission(permission));
    }

    static GetDataAccessResponse ask(S3ControlClient who, String target) {
        return who.getDataAccess(b -> b.accountId(OURS).target(target).permission(Permission.READ));
    }

    String read(Credentials credentials, String key) {
        return aws.s3(session(credentials))
                .getObjectAsBytes(b -> b.bucket("data").key(key))
                .asUtf8String();
    }

    static AwsSessionCredentials session(Credentials c) {
        return AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken());
    }

    @Override
    public void close() {
        aws.close();
    }
}
