package org.physionet.provisioner.adapters.gcp.proof;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.TokenVerifier;
import com.google.auth.oauth2.TokenVerifier.VerificationException;
import com.google.common.base.Throwables;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.EmailAddress;

/**
 * An OIDC id token of Google, judged as facts/gcp.md 3 says. The library checks the signature and the audience; it accepts
 * one form of the issuer only, tokens without an end, and addresses that were never verified, so those are checked here.
 *
 * <p>Google speaks for an address if it is one of gmail.com's, or of a Workspace domain ({@code hd}) and verified. Any
 * other may have changed hands since: the account is proven, and {@link CloudAccount#unusable} until its owner has shown
 * that mail to the address reaches them.
 */
public final class GoogleAccountProof implements IdentityProof {
    private static final Set<String> ISSUERS = Set.of("https://accounts.google.com", "accounts.google.com");

    /** Google signs with it alone; anything else is somebody's attempt. */
    private static final String ALGORITHM = "RS256";

    private static final int LONGEST = 16_384;

    /** By how much Google's clock may be ahead of ours. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final String clientId;
    private final String redirect;
    private final TokenVerifier verifier;

    /**
     * @param clientId ours, at Google: the audience of every token
     * @param redirect where Google sends the token, as registered with the client id
     * @param keys of the token's signatures, JWKS
     */
    public GoogleAccountProof(String clientId, String redirect, URI keys) {
        this.clientId = clientId;
        this.redirect = redirect;
        // The end is judged here, by the caller's clock.
        this.verifier = TokenVerifier.newBuilder()
                .setAudience(clientId)
                .setCertificatesLocation(keys.toString())
                .setClock(() -> 0)
                .build();
    }

    @Override
    public List<String> instructions(String nonce) {
        String address = "https://accounts.google.com/o/oauth2/v2/auth?client_id=" + encoded(clientId)
                + "&redirect_uri=" + encoded(redirect)
                + "&response_type=id_token&scope=openid%20email&prompt=select_account&nonce=" + encoded(nonce);
        return List.of(
                "Open this address and sign in with the Google account that is to read the data:",
                address,
                "The token comes back by itself; it is good for this attempt alone, and for an hour at most.");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Verdict verify(String presented, String nonce, Instant now) {
        String token = presented.strip();
        if (token.length() > LONGEST || !token.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")) {
            return refused("expected an id token, three parts with dots between them, found something else");
        }
        try {
            if (!ALGORITHM.equals(JsonWebSignature.parse(GsonFactory.getDefaultInstance(), token)
                    .getHeader()
                    .getAlgorithm())) {
                return refused("the token is not signed as Google signs");
            }
            return judged(verifier.verify(token).getPayload(), nonce, now);
        } catch (VerificationException e) {
            return Throwables.getCausalChain(e).stream().anyMatch(IOException.class::isInstance)
                    ? new Verdict.Unavailable("Google's keys could not be fetched; try again in a few minutes")
                    : refused("the token was not signed by Google for this site; sign in again from this page");
        } catch (IOException | RuntimeException _) {
            return refused("the token can not be read; sign in again");
        }
    }

    private static Verdict judged(JsonWebToken.Payload claims, String nonce, Instant now) {
        if (!ISSUERS.contains(String.valueOf(claims.getIssuer()))) {
            return refused("the token was not issued by Google");
        }
        Long end = claims.getExpirationTimeSeconds();
        Long issued = claims.getIssuedAtTimeSeconds();
        if (end == null || !now.isBefore(Instant.ofEpochSecond(end))) {
            return refused("the token has run out; sign in again");
        }
        if (issued == null || Instant.ofEpochSecond(issued).isAfter(now.plus(SKEW))) {
            return refused("the token comes from the future; this machine's clock may be wrong");
        }
        if (nonce.isEmpty() || !same(nonce, claims.get("nonce"))) {
            return refused("the token belongs to another attempt; sign in again from this page");
        }
        return account(claims.getSubject(), claims.get("email"), claims.get("email_verified"), claims.get("hd"));
    }

    private static Verdict account(
            @Nullable String subject, @Nullable Object email, @Nullable Object verified, @Nullable Object domain) {
        if (subject == null || subject.isBlank()) {
            return refused("the token names no account");
        }
        if (!(email instanceof String address)) {
            return refused("the token names no address; allow the site to see your e-mail address");
        }
        EmailAddress spelled;
        try {
            spelled = new EmailAddress(address);
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        if (!Boolean.TRUE.equals(verified)) {
            return refused("Google has not verified " + spelled + "; verify it in your Google account first");
        }
        Map<String, String> attributes = new TreeMap<>(Map.of("subject", subject));
        if (domain instanceof String hosted) {
            attributes.put("hd", hosted);
        }
        boolean authoritative =
                domain instanceof String || address.toLowerCase(Locale.ROOT).endsWith("@gmail.com");
        String unusable = authoritative
                ? null
                : "Google does not run the mail of " + spelled + ": it must also be verified by mail to that address";
        return new Verdict.Proven(new CloudAccount(CloudAccount.GOOGLE, spelled.spelling(), attributes, unusable));
    }

    private static boolean same(String nonce, @Nullable Object found) {
        return found instanceof String text
                && MessageDigest.isEqual(nonce.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Verdict refused(String reason) {
        return new Verdict.Refused(reason);
    }
}
