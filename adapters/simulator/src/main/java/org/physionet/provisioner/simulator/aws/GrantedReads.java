package org.physionet.provisioner.simulator.aws;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.physionet.provisioner.simulator.SimulatedCloud.Verdict;
import org.physionet.provisioner.simulator.aws.call.Authentication;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.grants.Vending;
import org.physionet.provisioner.simulator.aws.policy.AccessDecision;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.s3.Place;
import org.physionet.provisioner.simulator.aws.s3.S3Access;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.Identity;
import org.physionet.provisioner.simulator.aws.state.Session;

/**
 * Reads by S3 Access Grants: with credentials that a principal could ask for now, or that were vended to it before and have not ended
 * (facts/aws.md A2.3).
 */
record GrantedReads(Scene scene, Authentication authentication) {

    Optional<Verdict> find(Caller.Known caller, OwnSide own, Bucket bucket, List<String> keys, RequestContext request) {
        for (String key : keys) {
            for (Vending.Way way : new Vending(scene).ways(caller, own, bucket.name(), bucket.region(), key)) {
                if (reads(
                        way.role(),
                        "session",
                        way.sessionPolicy(),
                        new Session.Vended(way.instance().arn(), caller.uniqueId()),
                        bucket,
                        key,
                        request)) {
                    return Optional.of(new Verdict(
                            true,
                            "through an access grant: " + way.grant().id() + " for "
                                    + way.grant().scope()));
                }
            }
            Optional<Session> vended = vendedTo(caller)
                    .filter(session -> reads(session, bucket, key, request))
                    .findFirst();
            if (vended.isPresent()) {
                return Optional.of(new Verdict(
                        true,
                        "through an access grant: with credentials vended before, which end at "
                                + vended.get().expiresAt()));
            }
        }
        return Optional.empty();
    }

    private Stream<Session> vendedTo(Caller.Known caller) {
        return scene.state().accounts().stream()
                .flatMap(account -> account.sessions().values().stream())
                .filter(session -> session.vended()
                        .filter(v -> v.grantee().equals(caller.uniqueId()))
                        .isPresent())
                .filter(session -> !scene.now().isAfter(session.expiresAt()));
    }

    private boolean reads(Session session, Bucket bucket, String key, RequestContext request) {
        return scene.state()
                .identityById(session.principal())
                .filter(role -> reads(
                        role,
                        session.name(),
                        session.policy().orElseThrow(),
                        session.vended().orElseThrow(),
                        bucket,
                        key,
                        request))
                .isPresent();
    }

    private boolean reads(
            Identity role,
            String session,
            String policy,
            Session.Vended by,
            Bucket bucket,
            String key,
            RequestContext request) {
        Caller.Known vended =
                scene.directory().caller(role.id(), role.arn(), session).vendedBy(by.instance(), by.grantee());
        AccessDecision decision = new S3Access(scene)
                .decide(
                        vended,
                        authentication.ownSideOf(role, policy),
                        "s3:GetObject",
                        new Place(bucket, Optional.empty()),
                        key,
                        request);
        return decision.allowed();
    }
}
