package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.engine.adapter.Outcome;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.GranteeType;
import software.amazon.awssdk.services.s3control.model.Permission;
import software.amazon.awssdk.services.s3control.model.Tag;

/**
 * Sends one part: revocations, then grants, one call each. A refused grantee undoes the grants of this part that were made before it; the
 * revocations stand. What fails half-way in another way is {@code Unknown}, and is resolved by reading.
 */
final class GrantsWriter {
    private final LazyClients clients;
    private final String account;
    private final GrantScope scope;
    private final String about;

    GrantsWriter(LazyClients clients, GrantScope scope) {
        this.clients = clients;
        this.account = clients.settings().account().value();
        this.scope = scope;
        this.about = AccessGrantsAdapter.document(scope);
    }

    Outcome write(GrantsWrite write) {
        int done = 0;
        for (String grant : write.delete()) {
            Outcome outcome = delete(grant);
            if (outcome instanceof Outcome.Failure failure) {
                return halfWay(failure, done);
            }
            done++;
        }
        return write.create().isEmpty() ? new Outcome.Applied() : letIn(write, done);
    }

    private Outcome letIn(GrantsWrite write, int before) {
        Grants.Location location;
        try {
            location = write.location() == null ? makeLocation(write.makesInstance()) : write.location();
        } catch (SdkException e) {
            return halfWay(clients.errors().translate(e, Call.write(about + " (location)")), before);
        }
        if (location == null) {
            return halfWay(new Outcome.Denied(about + ": " + new Registration(clients, scope).missing()), before);
        }
        List<String> made = new ArrayList<>();
        int done = before;
        for (GrantsWrite.Newcomer newcomer : write.create()) {
            try {
                made.add(create(location, newcomer.arn()));
            } catch (SdkException e) {
                if (!AwsErrors.code(e).equals("AccessGrantAlreadyExists")) {
                    return failed(e, newcomer, made, done);
                }
            }
            done++;
        }
        return new Outcome.Applied();
    }

    private Outcome failed(SdkException e, GrantsWrite.Newcomer newcomer, List<String> made, int done) {
        Outcome.Failure failure =
                clients.errors().translate(e, Call.grantee(about, newcomer.arn(), newcomer.principal()));
        if (!(failure instanceof Outcome.Rejected rejected)) {
            return halfWay(failure, done);
        }
        for (String grant : made) {
            if (delete(grant) instanceof Outcome.Failure left) {
                return new Outcome.Unknown(
                        rejected.reason() + "; and grants made before it could not be taken back: " + left.reason());
            }
        }
        return rejected;
    }

    /** A failure says that nothing was done; with something done only a read can tell. */
    private static Outcome halfWay(Outcome.Failure failure, int done) {
        return done == 0 ? failure : new Outcome.Unknown("after " + done + " changes were made: " + failure.reason());
    }

    private String create(Grants.Location location, String arn) {
        String subPrefix = scope.subPrefix(location.scope());
        return clients.get()
                .s3Control()
                .createAccessGrant(r -> {
                    r.accountId(account)
                            .accessGrantsLocationId(location.id())
                            .grantee(g -> g.granteeType(GranteeType.IAM).granteeIdentifier(arn))
                            .permission(Permission.READ)
                            .tags(tag());
                    if (!subPrefix.isEmpty()) {
                        r.accessGrantsLocationConfiguration(c -> c.s3SubPrefix(subPrefix));
                    }
                })
                .accessGrantId();
    }

    private Outcome delete(String grant) {
        try {
            clients.get()
                    .s3Control()
                    .deleteAccessGrant(r -> r.accountId(account).accessGrantId(grant));
            return new Outcome.Applied();
        } catch (SdkException e) {
            return AwsErrors.code(e).equals("NoSuchAccessGrantError")
                    ? new Outcome.AlreadySo()
                    : clients.errors().translate(e, Call.write(about + ": grant " + grant));
        }
    }

    /** Null: none may be made. An earlier part may have made it. */
    private Grants.@Nullable Location makeLocation(boolean makesInstance) {
        String role = clients.settings().locationRole();
        if (role == null) {
            return null;
        }
        if (makesInstance) {
            try {
                clients.get()
                        .s3Control()
                        .createAccessGrantsInstance(r -> r.accountId(account).tags(tag()));
            } catch (SdkException e) {
                if (!AwsErrors.code(e).equals("AccessGrantsInstanceAlreadyExists")) {
                    throw e;
                }
            }
        }
        try {
            String id = clients.get()
                    .s3Control()
                    .createAccessGrantsLocation(r -> r.accountId(account)
                            .locationScope(scope.text())
                            .iamRoleArn(role)
                            .tags(tag()))
                    .accessGrantsLocationId();
            return new Grants.Location(id, scope.text());
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("AccessGrantsLocationAlreadyExistsError")) {
                throw e;
            }
            return clients
                    .get()
                    .s3Control()
                    .listAccessGrantsLocations(r -> r.accountId(account).locationScope(scope.text()))
                    .accessGrantsLocationsList()
                    .stream()
                    .findFirst()
                    .map(l -> new Grants.Location(l.accessGrantsLocationId(), l.locationScope()))
                    .orElse(null);
        }
    }

    private Tag tag() {
        Map.Entry<String, String> mark = AccessGrantsAdapter.mark(scope.location());
        return Tag.builder().key(mark.getKey()).value(mark.getValue()).build();
    }
}
