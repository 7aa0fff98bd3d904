package org.physionet.provisioner.simulator.aws.state;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.World;
import org.physionet.provisioner.simulator.aws.policy.Caller;

/**
 * Which principals exist, and under which id. With open accounts every well-formed one does, unless the state marks it deleted; with
 * strict ones only those in the state (CONTRACT, "Simulator"). A principal that was made just now is not found for a while.
 */
public final class Directory {
    private static final Pattern ACCOUNT = Pattern.compile("(\\d{12})|arn:aws:iam::(\\d{12}):root");
    private static final Pattern IDENTITY =
            Pattern.compile("arn:aws:iam::(\\d{12}):(user|role)/([\\x21-\\x7e&&[^*?]]+)");
    private static final Pattern SESSION =
            Pattern.compile("arn:aws:sts::(\\d{12}):(?:assumed-role/[\\w+=,.@-]+|federated-user)/[\\w+=,.@-]+");
    private static final Pattern ID = Pattern.compile("(AIDA|AROA)[A-Z0-9]{8,124}");

    private final World world;
    private final AwsState state;

    public Directory(World world, AwsState state) {
        this.world = world;
        this.state = state;
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The form in which a policy keeps a principal, or empty if AWS would call it invalid. */
    public Optional<String> resolve(String written) {
        Matcher account = ACCOUNT.matcher(written);
        if (account.matches()) {
            String number = account.group(1) == null ? account.group(2) : account.group(1);
            return exists(number) ? Optional.of("arn:aws:iam::" + number + ":root") : Optional.empty();
        }
        if (isId(written)) {
            return resolveId(written);
        }
        if (IDENTITY.matcher(written).matches()) {
            return resolveArn(written);
        }
        Matcher session = SESSION.matcher(written);
        return session.matches() && exists(session.group(1)) ? Optional.of(written) : Optional.empty();
    }

    /** How AWS shows what a policy keeps: living users and roles by ARN, dead ones by id. */
    public String shown(String stored) {
        if (!isId(stored) || state.isDeletedId(stored)) {
            return stored;
        }
        return find(stored).map(Caller.Known::arn).orElse(stored);
    }

    /**
     * The living principal behind a unique id, as a caller; a role as a session named {@code session}. Empty if there is none. With
     * open accounts an id that nobody described lives in a made-up account, as a user of the id's own name.
     */
    public Optional<Caller.Known> find(String id) {
        if (id.equals(Administrator.ID)) {
            return Optional.of(Administrator.caller(world.awsAccount()));
        }
        Optional<Identity> identity = state.identityById(id);
        if (identity.isPresent()) {
            Identity found = identity.get();
            return Optional.of(caller(found.id(), found.arn(), "session"));
        }
        if (!isOpen() || !isId(id) || state.isDeletedId(id)) {
            return Optional.empty();
        }
        String arn = state.named().getOrDefault(id, syntheticArn(id));
        return Optional.of(caller(id, arn, "session"));
    }

    /** @param session of a role */
    public Caller.Known caller(String id, String arn, String session) {
        Matcher matcher = IDENTITY.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalStateException("not the ARN of a user or role: " + arn);
        }
        String account = matcher.group(1);
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        String organization =
                state.findAccount(account).map(Account::organization).orElse(null);
        if (matcher.group(2).equals("user")) {
            return new Caller.Known(Caller.Kind.USER, account, id, id, arn, arn, name, organization);
        }
        String sessionArn = "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + session;
        return new Caller.Known(Caller.Kind.ROLE, account, id, id + ":" + session, arn, sessionArn, null, organization);
    }

    public boolean isOpen() {
        return world.accounts() == World.Accounts.OPEN;
    }

    private boolean exists(String account) {
        return isOpen()
                || account.equals(world.awsAccount())
                || state.findAccount(account).isPresent();
    }

    private Optional<String> resolveId(String id) {
        Optional<Identity> identity = state.identityById(id);
        if (identity.isPresent()) {
            return identity.filter(this::isSettled).map(Identity::id);
        }
        boolean lives = id.equals(Administrator.ID) || (isOpen() && !state.isDeletedId(id));
        return lives ? Optional.of(id) : Optional.empty();
    }

    private Optional<String> resolveArn(String arn) {
        if (arn.equals(Administrator.arn(world.awsAccount()))) {
            return Optional.of(Administrator.ID);
        }
        Optional<Identity> identity = state.identityByArn(arn);
        if (identity.isPresent()) {
            return identity.filter(this::isSettled).map(Identity::id);
        }
        if (!isOpen() || state.isDeletedArn(arn)) {
            return Optional.empty();
        }
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        if (isId(name) && syntheticArn(name).equals(arn)) {
            return state.isDeletedId(name) ? Optional.empty() : Optional.of(name);
        }
        String id = Synthetic.idOf(arn);
        state.named().put(id, arn);
        return Optional.of(id);
    }

    private boolean isSettled(Identity identity) {
        Instant visible = identity.createdAt().plus(state.delays().principal());
        return !world.clock().instant().isBefore(visible);
    }

    private String syntheticArn(String id) {
        String kind = id.startsWith("AROA") ? "role" : "user";
        return "arn:aws:iam::" + Synthetic.accountOf(id, world.awsAccount()) + ":" + kind + "/" + id;
    }
}
