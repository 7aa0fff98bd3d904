package org.physionet.provisioner.simulator.aws.call;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.policy.OwnSide;
import org.physionet.provisioner.simulator.aws.policy.PolicyDocument;
import org.physionet.provisioner.simulator.aws.policy.PolicyReader;
import org.physionet.provisioner.simulator.aws.policy.PolicyText;
import org.physionet.provisioner.simulator.aws.signature.SignatureCheck;
import org.physionet.provisioner.simulator.aws.signature.Signing;
import org.physionet.provisioner.simulator.aws.state.AccessKey;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Administrator;
import org.physionet.provisioner.simulator.aws.state.Identity;
import org.physionet.provisioner.simulator.aws.state.ManagedPolicy;
import org.physionet.provisioner.simulator.aws.state.Session;
import org.physionet.provisioner.simulator.aws.state.User;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** Finds out who signed a request, and what that principal's own policies are. */
public final class Authentication {
    private static final String ADMINISTRATOR_POLICY = "arn:aws:iam::aws:policy/AdministratorAccess";

    private final Scene scene;
    private final SignatureCheck check;

    public Authentication(Scene scene, InstantSource machine) {
        this.scene = scene;
        this.check = new SignatureCheck(machine);
    }

    /**
     * The call, its signature verified.
     *
     * @throws AwsException as AWS answers a wrong key, token, date, signature or payload
     */
    public AwsCall authenticate(Request request, Query query) {
        Optional<Signing> signed = Signing.of(request);
        if (signed.isEmpty()) {
            return new AwsCall(request, query, request.body(), new Caller.Anonymous(), OwnSide.NONE, "us-east-1");
        }
        Signing signing = signed.get();
        Credential credential = credential(signing).orElseThrow(() -> unknownKey(signing));
        byte[] payload = check.verify(request, signing, credential.secret());
        return new AwsCall(request, query, payload, credential.caller(), credential.own(), signing.region());
    }

    /** A key and whose it is. */
    private record Credential(String secret, Caller.Known caller, OwnSide own) {
        Credential vendedBy(Session.Vended vended) {
            return new Credential(secret, caller.vendedBy(vended.instance(), vended.grantee()), own);
        }
    }

    private Optional<Credential> credential(Signing signing) {
        if (signing.accessKey().equals(Administrator.KEY)) {
            Caller.Known caller = Administrator.caller(scene.world().awsAccount());
            return Optional.of(new Credential(
                    Administrator.SECRET,
                    caller,
                    own(caller.account(), List.of(identityPolicy(managed(ADMINISTRATOR_POLICY))), null)));
        }
        for (Account account : scene.state().accounts()) {
            for (User user : account.users().values()) {
                AccessKey key = user.keys().get(signing.accessKey());
                if (key != null) {
                    return key.active() ? Optional.of(of(key.secret(), user, "", null)) : Optional.empty();
                }
            }
            Session session = account.sessions().get(signing.accessKey());
            if (session != null) {
                return of(session, signing);
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> of(Session session, Signing signing) {
        if (!session.token().equals(signing.token())) {
            throw new AwsException(
                    signing.service().startsWith("s3") ? 400 : 403,
                    signing.service().startsWith("s3") ? "InvalidToken" : "InvalidClientTokenId",
                    "The provided token is malformed or otherwise invalid.");
        }
        if (scene.now().isAfter(session.expiresAt())) {
            throw new AwsException(
                    signing.service().startsWith("s3") ? 400 : 403, "ExpiredToken", "The provided token has expired.");
        }
        PolicyDocument limit =
                session.policy().map(Authentication::identityPolicy).orElse(null);
        return scene.state()
                .identityById(session.principal())
                .map(identity -> of(session.secret(), identity, session.name(), limit))
                .map(credential -> session.vended().map(credential::vendedBy).orElse(credential));
    }

    private Credential of(String secret, Identity identity, String session, @Nullable PolicyDocument limit) {
        Caller.Known caller = scene.directory().caller(identity.id(), identity.arn(), session);
        return new Credential(secret, caller, own(identity, limit));
    }

    /** What a principal brings along when it signs: for answering "could it" without a signature. */
    public OwnSide ownSideOf(String uniqueId) {
        if (uniqueId.equals(Administrator.ID)) {
            return own(scene.world().awsAccount(), List.of(identityPolicy(managed(ADMINISTRATOR_POLICY))), null);
        }
        return scene.state()
                .identityById(uniqueId)
                .map(identity -> own(identity, null))
                .orElseGet(() -> new OwnSide(List.of(), null, scene.directory().isOpen()));
    }

    /** What a session of a role may do that a session policy limits. */
    public OwnSide ownSideOf(Identity role, String sessionPolicy) {
        return own(role, identityPolicy(sessionPolicy));
    }

    private OwnSide own(Identity identity, @Nullable PolicyDocument limit) {
        PolicyDocument boundary =
                identity.boundary().map(arn -> identityPolicy(managed(arn))).orElse(null);
        return new OwnSide(
                policies(identity),
                boundary,
                limit,
                organization(identity.account()),
                scene.directory().isOpen());
    }

    private OwnSide own(String account, List<PolicyDocument> policies, @Nullable PolicyDocument limit) {
        return new OwnSide(
                policies, null, limit, organization(account), scene.directory().isOpen());
    }

    /** Nothing for accounts of others, and for the one that manages it. */
    private List<PolicyDocument> organization(String account) {
        return scene.state()
                .organization()
                .map(organization -> organization.over(account))
                .orElse(List.of());
    }

    private List<PolicyDocument> policies(Identity identity) {
        List<PolicyDocument> policies = new ArrayList<>();
        identity.policies().values().forEach(text -> policies.add(identityPolicy(text)));
        identity.attached().forEach(arn -> policies.add(identityPolicy(managed(arn))));
        return policies;
    }

    private String managed(String arn) {
        String known = ManagedPolicy.OF_AWS.get(arn);
        if (known != null) {
            return known;
        }
        return scene.state().accounts().stream()
                .flatMap(a -> Optional.ofNullable(a.policies().get(arn)).stream())
                .map(ManagedPolicy::text)
                .findFirst()
                .orElse(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotAction\":\"*\",\"Resource\":\"*\"}]}");
    }

    private static PolicyDocument identityPolicy(String text) {
        return PolicyReader.read(PolicyText.parse(text, Integer.MAX_VALUE), PolicyReader.Dialect.IDENTITY);
    }

    private static AwsException unknownKey(Signing signing) {
        if (signing.service().startsWith("s3")) {
            return new AwsException(
                            403,
                            "InvalidAccessKeyId",
                            "The AWS Access Key Id you provided does not exist in our records.")
                    .with("AWSAccessKeyId", signing.accessKey());
        }
        return new AwsException(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
}
