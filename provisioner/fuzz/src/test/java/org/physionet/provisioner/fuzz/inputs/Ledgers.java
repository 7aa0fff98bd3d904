package org.physionet.provisioner.fuzz.inputs;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.physionet.provisioner.store.ledger.KeyFile;
import org.physionet.provisioner.store.ledger.LedgerReader;
import org.physionet.provisioner.store.ledger.LedgerRecord;
import org.physionet.provisioner.store.ledger.LedgerVerifier;
import org.physionet.provisioner.store.ledger.PublishedParts;
import org.physionet.provisioner.store.ledger.Sha256;
import org.physionet.provisioner.store.ledger.Verification;

/** Lines of an exported or published ledger, and keys. */
final class Ledgers {
    private Ledgers() {}

    /** Whatever lines: findings, never an error; what is found whole can be read. */
    static void lines(byte[] input) throws Exception {
        List<String> lines = new ArrayList<>();
        new PublishedParts(List.of(Expect.text(input)).iterator()).forEachRemaining(lines::add);
        check(lines);
    }

    /** The same with hashes that fit, so that the fuzzer gets behind them: each line of the input is an entry of a record. */
    static void chained(byte[] input) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("{\"ledger\":{\"format\":1,\"genesis\":\"" + LedgerRecord.GENESIS + "\"}}");
        String head = LedgerRecord.GENESIS;
        int records = 0;
        for (String entry : Expect.text(input).lines().toList()) {
            String hash = Sha256.of(head, entry);
            lines.add("{\"entry\":" + entry + ",\"hash\":\"" + hash + "\",\"prev\":\"" + head + "\"}");
            head = hash;
            records++;
        }
        lines.add("{\"end\":{\"head\":\"" + head + "\",\"records\":" + records + "}}");
        check(lines);
    }

    private static void check(List<String> lines) throws Exception {
        Verification verification = LedgerVerifier.verify(lines.iterator(), Set.of());
        if (!verification.findings().isEmpty()) {
            verification.findings().forEach(f -> Expect.same(f.explanation().isBlank(), false, "an empty finding"));
            return;
        }
        LedgerReader.read(lines.iterator(), new LedgerReader.Visitor() {
            @Override
            public void record(LedgerRecord record, JsonNode payload, Map<String, String> commitments) {
                Expect.same(
                        Sha256.of(record.prev(), record.entry()),
                        record.hash(),
                        "the hash of a record that was read from a whole ledger");
            }
        });
    }

    /** Keys as text: alone, and beside a private key that is well. */
    static Target key() throws GeneralSecurityException {
        byte[] secret = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String pem = KeyFile.pem("PRIVATE KEY", secret);
        return input -> {
            String text = Expect.text(input);
            KeyFile.publicKey(text);
            key(text);
            key(pem + text);
        };
    }

    private static void key(String text) {
        try {
            KeyFile.parse(text).sign(new byte[] {1});
        } catch (IllegalArgumentException e) {
            Expect.toName(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT), "key");
        }
    }
}
