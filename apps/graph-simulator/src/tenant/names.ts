/** First names and family names for people of the simulated tenant; plain ASCII, so that addresses can be made of them. */
export const givenNames: readonly string[] = words(`
  Adele Alan Alia Amara Anders Bianca Boris Carla Chen Dana Daniel Elena Emeka Farah Felix Grace Gustav Hana Henrik
  Imani Ines Jakub Joana Kaito Kira Lars Leila Marco Maya Nadia Noah Olga Omar Paula Pedro Quinn Rahel Ravi Sanna
  Tariq Uma Viktor Wanda Xenia Yusuf Zoe Isaiah
`);

export const familyNames: readonly string[] = words(`
  Abbott Adeyemi Almeida Bauer Bergstrom Castillo Dubois Eriksen Farouk Fischer Garcia Haddad Hughes Ivanova Jansen
  Kaplan Kowalski Larsen Lindqvist Mancini Meyer Moreau Nakamura Novak Okafor Olsen Petrova Quist Ramos Rossi Santos
  Schmidt Silva Singh Tanaka Thorne Ueda Vance Varga Weber Winters Yilmaz Zeller
`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
