package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import io.sa2va.error.ModelNotFoundException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, and what the hub says to those who may not or ask for what is not there. */
class AccessTest {
  private static final String TOKEN = "hf_secretOfTheTest";

  private final FakeHub hub = new FakeHub();
  @TempDir Path cache;

  @AfterEach
  void stopHub() {
    hub.close();
  }

  private Path download(String name) {
    return hub.client(cache).download(name, null, progress -> {}, new Cancellation());
  }

  private Path downloadWithToken() {
    return hub.client(hub.options(cache).hubToken(TOKEN).build(), 1)
        .download(FakeHub.ID, null, progress -> {}, new Cancellation());
  }

  @Test
  void token_goesToTheHub_andNeverToTheStorageHost() {
    downloadWithToken();

    assertThat(hub.requests())
        .filteredOn(request -> !request.storage())
        .isNotEmpty()
        .allMatch(request -> ("Bearer " + TOKEN).equals(request.header("Authorization")));
    assertThat(hub.requests())
        .filteredOn(FakeHub.Seen::storage)
        .isNotEmpty()
        .allMatch(request -> request.header("Authorization") == null);
  }

  @Test
  void token_afterADetourOverAnotherHost_isNotSentBack() {
    hub.fault(
        "model.safetensors",
        FakeHub.status(302, "Location", hub.endpoint() + "/acme/tiny/resolve/x/tokenizer.json"));

    downloadWithToken();

    assertThat(hub.requests())
        .filteredOn(request -> request.path().equals("/acme/tiny/resolve/x/tokenizer.json"))
        .isNotEmpty()
        .allMatch(request -> request.header("Authorization") == null);
  }

  @Test
  void noToken_sendsNone() {
    download(FakeHub.ID);

    assertThat(hub.requests()).allMatch(request -> request.header("Authorization") == null);
  }

  @Test
  void gated_withoutToken_saysHowToGetIn() {
    hub.fault("HEAD config.json", FakeHub.status(401, "X-Error-Code", "GatedRepo"));

    assertThatThrownBy(() -> download(FakeHub.ID))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("acme/tiny@main is gated")
        .hasMessageContaining("Accept its terms at " + hub.endpoint() + "/acme/tiny")
        .hasMessageContaining("HF_TOKEN");
  }

  @Test
  void gated_withToken_saysToAskForAccess() {
    hub.fault("HEAD config.json", FakeHub.status(403, "X-Error-Code", "GatedRepo"));

    assertThatThrownBy(this::downloadWithToken)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("the access token has no access to it")
        .hasMessageContaining("Ask for access")
        .message()
        .doesNotContain(TOKEN);
  }

  @Test
  void unauthorized_withoutToken_asksForOne() {
    hub.fault("listing", FakeHub.status(401));

    assertThatThrownBy(() -> download(FakeHub.ID))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("needs an access token (status 401)")
        .hasMessageContaining("HF_TOKEN");
  }

  @Test
  void forbidden_withToken_repeatsWhatTheHubSays() {
    hub.fault("listing", FakeHub.status(403, "X-Error-Message", "Token is expired"));

    assertThatThrownBy(this::downloadWithToken)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("refuses acme/tiny@main (status 403: Token is expired)");
  }

  @Test
  void unauthorized_withToken_doubtsIt() {
    hub.fault("listing", FakeHub.status(401));

    assertThatThrownBy(this::downloadWithToken)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Check that the token is not expired")
        .message()
        .doesNotContain(TOKEN);
  }

  @Test
  void unknownModel_suggestsNearNames() {
    assertThatThrownBy(() -> download("ByteDance/Sa2VA-5B"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("There is no model ByteDance/Sa2VA-5B at " + hub.endpoint())
        .hasMessageContaining("Did you mean ByteDance/Sa2VA-1B or");
  }

  @Test
  void modelThatTheHubHides_isNotFound() {
    // The real hub answers 401 for models that do not exist when it does not know who asks.
    hub.fault("listing", FakeHub.status(401, "X-Error-Code", "RepoNotFound"));

    assertThatThrownBy(() -> download("acme/tynny"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("There is no model acme/tynny")
        .hasMessageContaining("If it is private, give an access token");
  }

  @Test
  void unknownRevision_isNamed() {
    hub.fault("listing", FakeHub.status(404, "X-Error-Code", "RevisionNotFound"));

    assertThatThrownBy(() -> download(FakeHub.ID + "@v9"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("acme/tiny has no revision \"v9\"");
  }

  @Test
  void redirectLoop_ends() {
    FakeHub.Fault loop = FakeHub.status(302, "Location", "/api/models/acme/tiny/revision/main");
    for (int i = 0; i < 30; i++) {
      hub.fault("listing", loop);
    }

    assertThatThrownBy(() -> download(FakeHub.ID))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("redirects more than 10 times");
  }

  @Test
  void redirectToAFile_isRefused() {
    hub.fault("model.safetensors", FakeHub.status(302, "Location", "file:///etc/passwd"));

    assertThatThrownBy(() -> download(FakeHub.ID))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("redirects to something that is no web address");
  }

  @Test
  void noServer_saysWhatTheCacheHolds() {
    download(FakeHub.ID);
    URI nobody = hub.endpoint();
    hub.close();

    assertThatThrownBy(
            () ->
                hub.client(hub.options(cache).hubEndpoint(nobody).build(), 1)
                    .resolve("acme/other", null, progress -> {}, new Cancellation()))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("acme/other@main cannot be fetched: no connection to " + nobody)
        .hasMessageContaining("HF_ENDPOINT")
        .hasMessageContaining("The cache " + cache + " holds acme/tiny.");
  }

  @Test
  void unknownHost_isNamed() {
    assertThatThrownBy(
            () ->
                hub.client(
                        hub.options(cache)
                            .hubEndpoint(URI.create("http://nowhere.invalid"))
                            .build(),
                        1)
                    .resolve(FakeHub.ID, null, progress -> {}, new Cancellation()))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("unknown host nowhere.invalid");
  }
}
