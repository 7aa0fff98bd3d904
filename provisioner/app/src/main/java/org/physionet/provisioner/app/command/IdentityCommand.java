package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.store.Challenge;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code identity PROVIDER challenge|verify RESEARCHER}: has somebody show that a cloud account is theirs. */
@Command(
        name = "identity",
        description = {
            "Has somebody show that a cloud account is theirs: challenge prints what they have to do, verify judges what they "
                    + "bring back.",
            "A challenge is good for fifteen minutes and one attempt. The result is printed and recorded; linking the account "
                    + "stays with the source."
        },
        footer = {
            "  provisioner identity aws challenge ada           what to tell Ada",
            "  provisioner identity aws verify ada < pasted     judge what she sent",
            "  provisioner identity gcp verify ada --proof token.txt"
        })
public final class IdentityCommand implements Callable<Integer> {
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);
    private static final int NONCE_BYTES = 16;
    private static final int LONGEST_PROOF = 64 * 1024;

    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "aws or gcp")
    private String provider = "";

    @Parameters(index = "1", paramLabel = "challenge|verify", description = "what to do")
    private Step step = Step.CHALLENGE;

    @Parameters(index = "2", paramLabel = "RESEARCHER", description = "id, username, e-mail, AWS id or ARN")
    private String researcher = "";

    @Option(names = "--proof", paramLabel = "FILE", description = "what the person brought; standard input without it")
    private @Nullable Path proofFile;

    @Mixin
    private ActingOptions acting = new ActingOptions();

    /** The two steps of a proof. */
    enum Step {
        CHALLENGE,
        VERIFY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public IdentityCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            IdentityProof proof = wiring.services().proof(provider);
            ResearcherId person = wiring.directory().find(researcher);
            return switch (step) {
                case CHALLENGE -> challenge(wiring, proof, person);
                case VERIFY -> verify(wiring, proof, person);
            };
        }
    }

    private int challenge(Wiring wiring, IdentityProof proof, ResearcherId person) {
        byte[] random = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        Instant now = now();
        wiring.store().challenge(new Challenge(person, provider, nonce, now), actor(wiring));
        List<String> instructions = proof.instructions(nonce);
        invocation
                .answer()
                .document(
                        new Fields()
                                .name("researcher", person)
                                .text("provider", provider)
                                .text("result", "challenged")
                                .instant("until", now.plus(GOOD_FOR))
                                .texts("instructions", instructions)
                                .object("account", null)
                                .text("reason", null),
                        out -> {
                            instructions.forEach(line -> out.println(Visible.text(line)));
                            out.println("Good until " + now.plus(GOOD_FOR) + ", for one attempt.");
                        },
                        answer -> {});
        return Exit.DONE.code();
    }

    private int verify(Wiring wiring, IdentityProof proof, ResearcherId person) throws IOException {
        String presented = presented();
        Instant now = now();
        Challenge open = wiring.store()
                .challengeOf(person, provider)
                .filter(c -> now.isBefore(c.madeAt().plus(GOOD_FOR)))
                .orElseThrow(() -> new UsageError(Problem.of("Researcher " + person
                                + " has no open challenge at " + provider
                                + ": none was made, it was used, or it is older than "
                                + GOOD_FOR.toMinutes() + " minutes")
                        .next("provisioner identity " + provider + " challenge " + person)));
        Verdict verdict = proof.verify(presented, open.nonce(), now);
        if (verdict instanceof Verdict.Unavailable unavailable) {
            // The provider did not look at it: the person may bring it again.
            return answer(person, "unavailable", null, unavailable.reason());
        }
        CloudAccount account = null;
        Principal principal = null;
        String refusal = null;
        switch (verdict) {
            case Verdict.Proven(CloudAccount proven) when !proven.usable() -> refusal = proven.unusable();
            case Verdict.Proven(CloudAccount proven) -> {
                try {
                    principal = Objects.requireNonNull(
                                    wiring.parts().identityKinds().get(provider))
                            .principal(proven);
                    account = proven;
                } catch (IllegalArgumentException e) {
                    // Theirs, and yet nothing that access can be given to.
                    refusal = e.getMessage();
                }
            }
            case Verdict.Refused refused -> refusal = refused.reason();
            case Verdict.Unavailable _ -> throw new IllegalStateException("answered above");
        }
        if (!wiring.store().spend(open, principal, actor(wiring), now)) {
            return answer(person, "refused", null, "the challenge was used up in the meantime; make a new one");
        }
        return account == null ? answer(person, "refused", null, refusal) : answer(person, "proven", account, null);
    }

    private int answer(ResearcherId person, String result, @Nullable CloudAccount account, @Nullable String reason) {
        invocation
                .answer()
                .document(
                        new Fields()
                                .name("researcher", person)
                                .text("provider", provider)
                                .text("result", result)
                                .instant("until", null)
                                .texts("instructions", List.of())
                                .object("account", account == null ? null : fields(account))
                                .text("reason", reason),
                        out -> {
                            out.println(Visible.text(
                                    account == null
                                            ? result + ": " + reason
                                            : "proven: " + account.kind() + " " + account.id()));
                            if (account != null) {
                                account.attributes()
                                        .forEach((name, value) -> out.println("  " + Visible.text(name + " " + value)));
                            }
                        },
                        answer -> {});
        return account == null ? Exit.FAILED.code() : Exit.DONE.code();
    }

    private static Fields fields(CloudAccount account) {
        Fields fields = new Fields().text("kind", account.kind()).text("id", account.id());
        Fields attributes = new Fields();
        for (Map.Entry<String, String> attribute : account.attributes().entrySet()) {
            attributes.text(attribute.getKey(), attribute.getValue());
        }
        return fields.object("attributes", attributes);
    }

    private String presented() throws IOException {
        byte[] bytes = proofFile == null
                ? invocation.surroundings().in().readNBytes(LONGEST_PROOF + 1)
                : ofFile(invocation.surroundings().workingFolder().resolve(proofFile));
        if (bytes.length > LONGEST_PROOF) {
            throw new UsageError(Problem.of("That is no proof: it is longer than " + LONGEST_PROOF + " bytes"));
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static byte[] ofFile(Path file) {
        try {
            return Bounded.bytes(file, LONGEST_PROOF);
        } catch (IOException e) {
            throw new UsageError(Problem.of("The file of --proof can not be read: " + Unreadable.why(e))
                    .at(file.toString()));
        }
    }

    private Instant now() {
        return invocation.surroundings().clock().instant();
    }

    private String actor(Wiring wiring) {
        return wiring.actor(acting.onBehalfOf()).text();
    }
}
