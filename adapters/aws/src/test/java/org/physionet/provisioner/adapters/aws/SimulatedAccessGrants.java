package org.physionet.provisioner.adapters.aws;

import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.contract.ContractWorld;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import software.amazon.awssdk.services.s3control.model.GranteeType;
import software.amazon.awssdk.services.s3control.model.Permission;

/** The same world with an instance of S3 Access Grants in our account; every dataset's location is made by the first grant. */
final class SimulatedAccessGrants implements ContractWorld {
    private static final String ROLE = "arn:aws:iam::111122223333:role/grants";
    private static final String INSTANCE = "arn:aws:s3:us-east-1:111122223333:access-grants/default";

    private final SimulatedAws aws = new SimulatedAws();
    private int next;

    SimulatedAccessGrants() {
        aws.control().createAccessGrantsInstance(r -> r.accountId(SimulatedAws.OURS));
        aws.control()
                .putAccessGrantsInstanceResourcePolicy(r -> r.accountId(SimulatedAws.OURS)
                        .policy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                                + "\"Action\":[\"s3:GetDataAccess\",\"s3:ListCallerAccessGrants\"],\"Resource\":\""
                                + INSTANCE + "\"}]}"));
    }

    SimulatedAws aws() {
        return aws;
    }

    @Override
    public AdapterProvider provider() {
        return aws.provider();
    }

    @Override
    public Settings settings() {
        return aws.settings(Map.of("accessGrants.locationRole", ROLE));
    }

    @Override
    public synchronized Resource newResource() {
        String bucket = "granted-bucket-" + ++next;
        aws.s3().createBucket(r -> r.bucket(bucket));
        return ScriptedAws.resource(bucket + "/mimiciv/3.1/", "access-grants");
    }

    @Override
    public Resource missingResource() {
        return ScriptedAws.resource("no-such-bucket-here/mimiciv/3.1/", "access-grants");
    }

    @Override
    public CloudAccount person(int number) {
        return aws.person(number);
    }

    /** AWS refuses nobody by what is documented; without an ARN nobody can be granted. */
    @Override
    public CloudAccount stranger(int number) {
        return aws.stranger(number);
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        grant(resource, PolicyJson.CURATOR, Permission.READWRITE);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        return aws
                .control()
                .listAccessGrants(r -> r.accountId(SimulatedAws.OURS).grantScope(scope(resource)))
                .accessGrantsList()
                .stream()
                .anyMatch(g -> g.permission() == Permission.READWRITE
                        && g.grantee().granteeIdentifier().equals(PolicyJson.CURATOR));
    }

    @Override
    public void rivalAddsPerson(Resource resource, CloudAccount person) {
        grant(resource, String.valueOf(person.attributes().get("arn")), Permission.READ);
    }

    private void grant(Resource resource, String arn, Permission permission) {
        String location = aws
                .control()
                .listAccessGrantsLocations(r -> r.accountId(SimulatedAws.OURS))
                .accessGrantsLocationsList()
                .stream()
                .filter(l -> l.locationScope().equals(scope(resource)))
                .findFirst()
                .map(l -> l.accessGrantsLocationId())
                .orElseGet(() -> aws.control()
                        .createAccessGrantsLocation(r -> r.accountId(SimulatedAws.OURS)
                                .locationScope(scope(resource))
                                .iamRoleArn(ROLE))
                        .accessGrantsLocationId());
        aws.control()
                .createAccessGrant(r -> r.accountId(SimulatedAws.OURS)
                        .accessGrantsLocationId(location)
                        .grantee(g -> g.granteeType(GranteeType.IAM).granteeIdentifier(arn))
                        .permission(permission));
    }

    private static String scope(Resource resource) {
        return resource.id().text() + "*";
    }

    @Override
    public boolean canRead(Resource resource, CloudAccount person) {
        return aws.canRead(resource, person);
    }

    @Override
    public String readMethod() {
        return "s3control.ListAccessGrantsLocations";
    }

    @Override
    public String writeMethod() {
        return "s3control.CreateAccessGrant";
    }

    @Override
    public void trouble(String method, Trouble trouble) {
        aws.trouble(method, trouble);
    }

    @Override
    public List<SeenCalls> calls() {
        return aws.calls();
    }

    @Override
    public void forgetCalls() {
        aws.forgetCalls();
    }

    @Override
    public void close() {
        aws.close();
    }
}
