package org.physionet.provisioner.store.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.engine.adapter.Signer;

/**
 * A signing key as text: two PEM blocks, {@code PRIVATE KEY} (PKCS #8, RFC 8410) and {@code PUBLIC KEY}, as openssl writes them:
 * {@code openssl genpkey -algorithm ed25519 -out F && openssl pkey -in F -pubout >> F}.
 */
public final class KeyFile implements Signer {
    /** Bytes that a file with a key may have: a key has some hundreds. */
    public static final int LARGEST = 64 << 10;

    private static final byte[] PROBE =
            "physionet-provisioner: does the private key fit the public one?".getBytes(StandardCharsets.UTF_8);

    private final PrivateKey key;
    private final byte[] publicKey;

    private KeyFile(PrivateKey key, byte[] publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** @throws IllegalArgumentException saying what is missing; never shows the text */
    public static KeyFile parse(String text) {
        byte[] secret = block(text, "PRIVATE KEY")
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a PEM block PRIVATE KEY; provisioner audit key new FILE makes one"));
        byte[] open = publicKey(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("expected a PEM block PUBLIC KEY beside the private one;"
                                + " openssl pkey -in FILE -pubout >> FILE adds it"));
        try {
            KeyFile file = new KeyFile(
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(secret)), open);
            if (!Ed25519.verifies(open, PROBE, Base64.getEncoder().encodeToString(file.sign(PROBE)))) {
                throw new IllegalArgumentException("the private and the public key in it are not of one pair");
            }
            return file;
        } catch (GeneralSecurityException e) {
            // The cause is left out: it may quote the key.
            throw new IllegalArgumentException("expected an Ed25519 private key, found another");
        }
    }

    /** The public key in a text, PEM. */
    public static Optional<byte[]> publicKey(String text) {
        return block(text, "PUBLIC KEY");
    }

    private static Optional<byte[]> block(String text, String kind) {
        if (text.length() > LARGEST) {
            return Optional.empty();
        }
        Matcher matcher = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                .matcher(text);
        try {
            return matcher.find() ? Optional.of(Base64.getMimeDecoder().decode(matcher.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes a new pair: {@code file}, readable for its owner alone, and the public half in {@code file.pub}.
     *
     * @throws IOException if one of them is there already, or can not be written
     */
    public static KeyFile create(Path file) throws IOException {
        Path open = file.resolveSibling(file.getFileName() + ".pub");
        if (Files.exists(open)) {
            throw new java.nio.file.FileAlreadyExistsException(open.toString());
        }
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime of this version has Ed25519", e);
        }
        String shown = pem("PUBLIC KEY", pair.getPublic().getEncoded());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()) + shown, StandardOpenOption.WRITE);
        Files.writeString(open, shown, StandardOpenOption.CREATE_NEW);
        return new KeyFile(pair.getPrivate(), pair.getPublic().getEncoded());
    }

    /** Whether others than its owner can read it. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        return Files.getPosixFilePermissions(file).stream()
                .anyMatch(Set.of(
                        java.nio.file.attribute.PosixFilePermission.OTHERS_READ,
                        java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE)::contains);
    }

    /** A PEM block (RFC 7468). */
    public static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key that does not sign", e);
        }
    }

    @Override
    public String toString() {
        return "key " + Ed25519.name(publicKey);
    }
}
