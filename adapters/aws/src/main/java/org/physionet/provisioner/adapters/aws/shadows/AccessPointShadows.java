package org.physionet.provisioner.adapters.aws.shadows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.physionet.provisioner.adapters.aws.S3Location;
import org.physionet.provisioner.adapters.aws.S3ResourceKind;
import org.physionet.provisioner.adapters.aws.accesspoints.ShardNames;
import org.physionet.provisioner.adapters.aws.calls.LazyClients;
import org.physionet.provisioner.adapters.aws.policy.OpenStatements;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Shadow;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.AccessPoint;
import software.amazon.awssdk.services.s3control.model.ListAccessPointsResponse;

/** Access points of the bucket that are none of the resource's documents, and whose policies reach its folder. */
final class AccessPointShadows {
    private static final int PAGE = 1000;

    /** Policies that are read for one resource: each costs a call of the account's small budget (facts/aws.md A2.4). */
    private static final int MOST_READ = 500;

    private AccessPointShadows() {}

    static List<Shadow> of(LazyClients clients, Resource resource) {
        S3Location location = S3Location.of(resource.id());
        String account = clients.settings().account().value();
        ShardNames names = new ShardNames(clients.settings().prefix(), location);
        List<String> others = others(clients, names, location, resource.layout(), account);
        List<Shadow> all = new ArrayList<>();
        for (String name : others.subList(0, Math.min(MOST_READ, others.size()))) {
            String arn = "arn:aws:s3:" + clients.settings().region() + ":" + account + ":accesspoint/" + name;
            OpenStatements open = new OpenStatements(arn + "/object/" + location.prefix(), account);
            policy(clients, account, name)
                    .ifPresent(policy -> open.in(policy)
                            .forEach(found -> all.add(new Shadow(
                                    found.who(),
                                    "access point " + name + ": statement "
                                            + found.statement().node(),
                                    true,
                                    names.owns(name)))));
        }
        if (others.size() > MOST_READ) {
            all.add(new Shadow(
                    "unknown",
                    (others.size() - MOST_READ) + " more access points of bucket " + location.bucket()
                            + " than are looked at",
                    false));
        }
        return all;
    }

    /** The resource's own are observed where that is its layout; another resource's of ours are looked at there. */
    private static List<String> others(
            LazyClients clients, ShardNames names, S3Location location, String layout, String account) {
        boolean observed = layout.equals(S3ResourceKind.ACCESS_POINTS);
        List<String> others = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListAccessPointsResponse page = clients.get()
                    .s3Control()
                    .listAccessPoints(r -> r.accountId(account)
                            .bucket(location.bucket())
                            .maxResults(PAGE)
                            .nextToken(next));
            page.accessPointList().stream()
                    .map(AccessPoint::name)
                    .filter(name -> names.owns(name) || names.isAdoptable(name) ? !observed : !names.isAnothers(name))
                    .forEach(others::add);
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return others;
    }

    private static Optional<Policy> policy(LazyClients clients, String account, String name) {
        try {
            String text = clients.get()
                    .s3Control()
                    .getAccessPointPolicy(r -> r.accountId(account).name(name))
                    .policy();
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(Policy.parse(text));
        } catch (SdkException e) {
            if (S3Shadows.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
