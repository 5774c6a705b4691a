//! The routes of the app on axum, with what stands before and behind each.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    answer::{Answer, Failure, Reply},
    call::Call,
    routes::{Handler, ROUTES, Route, Sends},
    trouble,
};
use axum::{
    Router,
    extract::{ConnectInfo, Path, RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing,
};
use registry::{Caller, Registry};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};
use words::{Lang, Words};

use super::{
    SiteFiles,
    cookies::Cookie,
    press,
    request::{self, BodyError},
    respond::{draw, respond},
};
use crate::{
    config::Config,
    guard::{Bucket, Tried, Tries, harden, is_forged},
};

/// What every request shares.
#[derive(Clone)]
pub struct Portal {
    /// The one door.
    pub registry: Registry,
    /// Styles and browser parts.
    pub site: Arc<SiteFiles>,
    /// Counts of tries.
    pub tries: Arc<Tries>,
    /// How people reach the portal.
    pub public_url: Arc<str>,
    /// Reached by https.
    pub secure: bool,
    /// Made-up data.
    pub demo: bool,
    /// Believe the proxy's header.
    pub behind_proxy: bool,
}

impl Portal {
    /// From the configuration.
    pub fn new(registry: Registry, config: &Config) -> Self {
        // Leptos spawns on tokio; a second call, as tests make, changes nothing.
        let _ = any_spawner::Executor::init_tokio();
        Self {
            registry,
            site: Arc::new(SiteFiles::load(&config.assets)),
            tries: Arc::default(),
            public_url: config.public_url.as_str().into(),
            secure: config.is_secure(),
            demo: config.demo,
            behind_proxy: config.behind_proxy,
        }
    }
}

/// Every route of the app, the files, the health check, and the page for what is not there.
pub fn router(portal: Portal) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let mut methods = routing::MethodRouter::new();
        if let Some(handler) = route.get {
            methods = methods.get(move |state, parts, request| serve(state, parts, request, route, handler));
        }
        if let Some(handler) = route.post {
            methods = methods.post(move |state, parts, request| serve(state, parts, request, route, handler));
        }
        router = router.route(route.path, methods.fallback(missing));
    }
    router
        .route("/assets/{digest}/{name}", routing::get(asset))
        .route("/health", routing::get(health))
        .fallback(missing)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_mins(2)))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a page panicked");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .with_state(portal)
}

async fn serve(
    State(portal): State<Portal>,
    params: RawPathParams,
    request: Request,
    route: &'static Route,
    handler: Handler,
) -> Response {
    let started = Instant::now();
    let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let method = request.method().clone();
    let mut unread = method == Method::POST;
    let mut response = handle(&portal, params, request, route, handler, &mut unread).await;
    if unread {
        // Nobody has read what was sent: the connection ends with the answer, and says so.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    // Files and redirects too; a page has its own policy already.
    if !response.headers().contains_key("content-security-policy") {
        harden(response.headers_mut(), None, portal.secure);
    }
    // The pattern, never the address: ids and codes stay out of the log.
    tracing::info!(%method, route = route.path, status = response.status().as_u16(), ms = started.elapsed().as_millis(), "request");
    response
}

async fn handle(
    portal: &Portal,
    params: Vec<(String, String)>,
    request: Request,
    route: &'static Route,
    handler: Handler,
    unread: &mut bool,
) -> Response {
    let visitor = visitor(portal, &request);
    let method = request.method().clone();
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let mut call = match call(portal, &headers, &uri).await {
        Ok(call) => call,
        Err(mut call) => {
            call.caller = Caller::public();
            return respond(portal, *call, Err(Failure::Unavailable)).await;
        }
    };
    call.params = params;
    if is_forged(&method, &headers, &portal.public_url) {
        let page = trouble::foreign(call.words);
        return draw(portal, call, page, StatusCode::FORBIDDEN).await;
    }
    if let Some(answer) = kept_out(&call, route, &method, &uri) {
        return respond(portal, call, answer).await;
    }
    let is_too_many = |bucket, tried| !portal.tries.allow(bucket, tried, Instant::now());
    if bucket(route, &method).is_some_and(|bucket| is_too_many(bucket, Tried::by(visitor))) {
        let page = app::too_many(call.clone());
        return respond(portal, call, Ok(Answer::TooMany(page))).await;
    }
    if method == Method::POST {
        match request::read(request, route.sends).await {
            Ok(form) => (call.form, *unread) = (form, false),
            Err(BodyError::TooLarge) => {
                let page = trouble::too_large(call.words);
                return draw(portal, call, page, StatusCode::PAYLOAD_TOO_LARGE).await;
            }
            Err(BodyError::Malformed) => return respond(portal, call, Err(Failure::BadRequest)).await,
        }
    }
    if is_drawn_for_others(&call, route) {
        let page = trouble::other_standing(call.words);
        return draw(portal, call, page, StatusCode::CONFLICT).await;
    }
    let login = (route.path == "/sign-in" && method == Method::POST).then(|| Tried::login(call.form.value("login")));
    if login.is_some_and(|login| is_too_many(Bucket::Account, login)) {
        let page = app::too_many(call.clone());
        return respond(portal, call, Ok(Answer::TooMany(page))).await;
    }
    let reply = if method == Method::POST { whole(&call, handler).await } else { handler(call.clone()).await };
    if let (Ok(Answer::SignedIn { .. }), Some(login)) = (&reply, login) {
        portal.tries.forgive(Bucket::SignIn, Tried::by(visitor));
        portal.tries.forgive(Bucket::Account, login);
    }
    if let Err(Failure::Unavailable) = &reply {
        tracing::error!(route = route.path, "unavailable");
    }
    respond(portal, call, reply).await
}

/// What whoever may not come in is answered. Whoever followed a link comes back to it once signed in; it holds ids at most.
fn kept_out(call: &Call, route: &Route, method: &Method, uri: &Uri) -> Option<Reply> {
    let role = call.caller.principal.role();
    match role {
        _ if route.who.admits(role) => None,
        None if method == Method::GET => {
            let here = uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
            Some(Ok(Answer::Go(format!("/sign-in?expired&to={}", app::ui::encode(here)))))
        }
        None => Some(Err(Failure::SignIn)),
        Some(_) => Some(Err(Failure::NotFound)),
    }
}

/// Two windows of one browser: whoever sends the form may not be, or not act for, whom it was drawn for. Whoever signs in is not yet who
/// they will be, and to forget a form on this computer is right for anybody.
fn is_drawn_for_others(call: &Call, route: &Route) -> bool {
    let drawn_for = call.form.value("as");
    let is_anybodys = matches!(route.path, "/sign-in" | "/objection/done");
    !drawn_for.is_empty() && !is_anybodys && drawn_for != call.caller.mark()
}

/// What was pressed is done, also when the connection breaks meanwhile: cut off in the middle, it would count as at work until its mark
/// runs out, and the next press would wait for it in vain.
async fn whole(call: &Call, handler: Handler) -> Reply {
    let call = call.clone();
    match tokio::spawn(async move { press::once(&call, handler).await }).await {
        Ok(reply) => reply,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Failure::Unavailable),
        },
    }
}

/// What is limited: passwords, codes, and public forms.
fn bucket(route: &Route, method: &Method) -> Option<Bucket> {
    match (route.path, method == Method::POST) {
        ("/sign-in", true) => Some(Bucket::SignIn),
        ("/verify", true) | ("/verify/{code}", _) => Some(Bucket::Verify),
        ("/feedback" | "/objection" | "/objection/check" | "/check", true) => Some(Bucket::Submit),
        _ => None,
    }
}

fn visitor(portal: &Portal, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if !portal.behind_proxy {
        return peer;
    }
    // The last address is the one our own proxy saw; those before it anybody can write.
    let forwarded = request.headers().get_all("x-forwarded-for").into_iter().next_back();
    let forwarded = forwarded.and_then(|value| value.to_str().ok());
    forwarded.and_then(|value| address(value.rsplit(',').next()?.trim())).unwrap_or(peer)
}

/// An address as proxies write it: with a port, in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip())).or_else(bare)
}

async fn call(portal: &Portal, headers: &HeaderMap, uri: &Uri) -> Result<Call, Box<Call>> {
    let query = request::pairs(uri.query().unwrap_or(""));
    let token = Cookie::Session.read(headers, portal.secure);
    let mut call = Call {
        registry: portal.registry.clone(),
        caller: Caller::public(),
        words: Words(language(headers, &query, portal.secure)),
        path: uri.path().to_owned(),
        params: Vec::new(),
        query,
        form: app::form::Form::default(),
        token: token.clone(),
        draft: Cookie::Draft.read(headers, portal.secure),
        public_url: portal.public_url.to_string(),
        demo: portal.demo,
    };
    // A page that asks for itself again is no sign that somebody sits there.
    let by_itself = call.query.iter().any(|(name, _)| name == app::ui::BY_ITSELF);
    match portal.registry.caller(token.as_deref(), !by_itself).await {
        Ok(caller) => {
            call.caller = caller;
            Ok(call)
        }
        Err(_) => Err(Box::new(call)),
    }
}

/// What was just chosen, else what was chosen before, else what the browser prefers.
fn language(headers: &HeaderMap, query: &[(String, String)], secure: bool) -> Lang {
    let chosen = query.iter().find(|(name, _)| name == "lang").and_then(|(_, value)| Lang::parse(value));
    let kept = || Cookie::Language.read(headers, secure).and_then(|value| Lang::parse(&value));
    let preferred =
        || headers.get("accept-language").and_then(|value| value.to_str().ok()).map_or(Lang::En, Lang::preferred);
    chosen.or_else(kept).unwrap_or_else(preferred)
}

async fn asset(
    State(portal): State<Portal>,
    Path((digest, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let mut response = portal.site.serve(&digest, &name, &headers);
    let keep = response.headers().get("cache-control").cloned();
    harden(response.headers_mut(), None, portal.secure);
    if let Some(keep) = keep {
        response.headers_mut().insert("cache-control", keep);
    }
    response
}

async fn health(State(portal): State<Portal>) -> Response {
    match portal.registry.ready().await {
        Ok(true) => "ok".into_response(),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn missing(State(portal): State<Portal>, method: Method, headers: HeaderMap, uri: Uri) -> Response {
    let call = match call(&portal, &headers, &uri).await {
        Ok(call) => call,
        Err(call) => *call,
    };
    let mut response = respond(&portal, call, Err(Failure::NotFound)).await;
    if !matches!(method, Method::GET | Method::HEAD) {
        // As in `serve`.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Keeps the table of limits honest: every upload route is larger than a plain form.
const _: () = assert!(
    request::limit(Sends::Fields) < request::limit(Sends::List)
        && request::limit(Sends::List) < request::limit(Sends::Messages)
);

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_proxy_that_adds_the_port_does_not_make_one_visitor_of_all() {
        for text in ["203.0.113.7", "203.0.113.7:51234"] {
            assert_eq!(address(text), "203.0.113.7".parse().ok(), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]:443", "[2001:db8::1]"] {
            assert_eq!(address(text), "2001:db8::1".parse().ok(), "{text}");
        }
        assert_eq!(address("unknown"), None);
    }
}
