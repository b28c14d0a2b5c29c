// What every page here reads: its options from the address, and the cookies as the product left them.
const O = Object.fromEntries(new URLSearchParams(location.search));
const cookie = (name) => {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found === undefined ? undefined : decodeURIComponent(found.slice(name.length + 1));
};
const told = (given, refused) => (given ? "accepted" : refused ? "refused" : "other");
