package org.physionet.provisioner.adapters.aws;

import java.util.Map;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.settings.Settings;
import software.amazon.awssdk.services.s3control.model.GranteeType;
import software.amazon.awssdk.services.s3control.model.Permission;

/**
 * The same world with an instance of S3 Access Grants in our account; every dataset's location is made by the first grant. AWS refuses nobody by
 * what is documented; without an ARN nobody can be granted.
 */
final class SimulatedAccessGrants extends LayoutOfSimulatedAws {
    private static final String ROLE = "arn:aws:iam::111122223333:role/grants";
    private static final String INSTANCE = "arn:aws:s3:us-east-1:111122223333:access-grants/default";

    SimulatedAccessGrants() {
        super("access-grants");
        aws().control().createAccessGrantsInstance(r -> r.accountId(SimulatedAws.OURS));
        aws().control()
                .putAccessGrantsInstanceResourcePolicy(r -> r.accountId(SimulatedAws.OURS)
                        .policy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                                + "\"Action\":[\"s3:GetDataAccess\",\"s3:ListCallerAccessGrants\"],\"Resource\":\""
                                + INSTANCE + "\"}]}"));
    }

    @Override
    public Settings settings() {
        return aws().settings(Map.of("accessGrants.locationRole", ROLE));
    }

    @Override
    public void rivalAddsForeign(Resource resource) {
        grant(resource, PolicyJson.CURATOR, Permission.READWRITE);
    }

    @Override
    public boolean hasForeign(Resource resource) {
        return aws()
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
        String location = aws()
                .control()
                .listAccessGrantsLocations(r -> r.accountId(SimulatedAws.OURS))
                .accessGrantsLocationsList()
                .stream()
                .filter(l -> l.locationScope().equals(scope(resource)))
                .findFirst()
                .map(l -> l.accessGrantsLocationId())
                .orElseGet(() -> aws().control()
                        .createAccessGrantsLocation(r -> r.accountId(SimulatedAws.OURS)
                                .locationScope(scope(resource))
                                .iamRoleArn(ROLE))
                        .accessGrantsLocationId());
        aws().control()
                .createAccessGrant(r -> r.accountId(SimulatedAws.OURS)
                        .accessGrantsLocationId(location)
                        .grantee(g -> g.granteeType(GranteeType.IAM).granteeIdentifier(arn))
                        .permission(permission));
    }

    private static String scope(Resource resource) {
        return resource.id().text() + "*";
    }

    @Override
    public String readMethod() {
        return "s3control.ListAccessGrantsLocations";
    }

    @Override
    public String writeMethod() {
        return "s3control.CreateAccessGrant";
    }
}
